"""How the demo's Airflow is set up: environment variables, and `env.sh` that brings them into a person's shell."""

import json
import os
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from demo import warehouse
from demo.embedded_postgres import EmbeddedPostgres

USER = "admin"
METADATA_DATABASE = "airflow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Made once for each state directory."""

    fernet_key: str = field(repr=False)
    jwt_secret: str = field(repr=False)
    api_secret: str = field(repr=False)
    admin_password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """`repository` holds `dags/` and `plugins/`; `home` is AIRFLOW_HOME; tasks may write to `data`."""

    repository: Path
    home: Path
    data: Path

    @property
    def passwords(self) -> Path:
        """Read by Airflow's SimpleAuthManager."""
        return self.home / "passwords.json"


def airflow_environment(
    folders: Folders, secrets: Secrets, *, address: str, metadata_uri: str, warehouse_connection: str
) -> dict[str, str]:
    """The variables that make an Airflow command part of this demo."""
    return {
        "AIRFLOW_HOME": str(folders.home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(folders.repository / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(folders.repository / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": metadata_uri,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": address.rpartition(":")[2],
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": secrets.fernet_key,
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.jwt_secret,
        "AIRFLOW__API__SECRET_KEY": secrets.api_secret,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folders.passwords),
        "AIRFLOW_CONN_WAREHOUSE": warehouse_connection,
        "AIRFLOW_VAR_DATA_DIR": str(folders.data),
        **FIXED,
    }


FIXED = {
    "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__PARALLELISM": "4",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "AIRFLOW__CORE__DAGBAG_IMPORT_ERROR_TRACEBACKS": "False",
    # A changed file shows within seconds; Airflow's own intervals are made for thousands of files.
    "AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL": "1",
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "5",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "5",
    # With less, a demo that has nothing to do takes a fifth of a core.
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.3",
    # Also how long a task that has ended may go unnoticed.
    "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
    "AIRFLOW__API__WORKERS": "1",
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__DAG_FACTORY__ENABLE_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
}


def metadata_uri(server: EmbeddedPostgres, password: str) -> str:
    """Where Airflow keeps its own state."""
    return server.uri(METADATA_DATABASE, METADATA_DATABASE, password, driver="psycopg2")


def warehouse_connection(server: EmbeddedPostgres, roles: warehouse.Roles) -> str:
    """The Airflow connection `warehouse`, with the rights of the role `builder`."""
    return json.dumps(
        {
            "conn_type": "postgres",
            "host": server.host,
            "port": server.port,
            "login": "builder",
            "password": roles.builder,
            "schema": warehouse.DATABASE,
        }
    )


def merged_with_callers(variables: dict[str, str]) -> dict[str, str]:
    """The environment of a child: nothing that the caller's shell says about Airflow or PostgreSQL counts."""
    foreign = ("AIRFLOW", "_AIRFLOW", "PG", "PYTHONPATH", "PYTHONHOME")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    # A proxy for the outside world must not come between Airflow's services.
    direct = ",".join(filter(None, (os.environ.get("no_proxy") or os.environ.get("NO_PROXY"), "127.0.0.1,localhost")))
    return kept | variables | {"no_proxy": direct, "NO_PROXY": direct}


def env_sh_text(variables: dict[str, str], programs: Path) -> str:
    """A shell file: after `. env.sh`, `airflow ...` talks to this demo and to nothing else."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in sorted(variables.items())]
    forget = "for name in $(env | sed -n 's/^\\(_*AIRFLOW_[A-Z0-9_]*\\)=.*/\\1/p'); do unset \"$name\"; done"
    return "\n".join([forget, *lines, f'export PATH={shlex.quote(str(programs))}:"$PATH"', ""])


def passwords_text(secrets: Secrets) -> str:
    """What SimpleAuthManager reads."""
    return json.dumps({USER: secrets.admin_password})
