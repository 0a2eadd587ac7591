"""An Airflow with pages in this process: a folder of configs, real builds, and people with various rights."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from airflow.api_fastapi.app import _AuthManagerState, create_app, get_auth_manager, purge_cached_app
from starlette.testclient import TestClient

from summary_tables.airflow.pages import warehouse_answers, whole_catalog
from summary_tables.airflow.pages.configs_folder import VARIABLE
from tests.conftest import AIRFLOW_HOME
from tests.dbt.made_project import give_project, node

ADDRESS: Final = "http://localhost:8080"
FAB: Final = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
SIMPLE: Final = "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager"
HOSTILE: Final = "<script>alert('x')</script>"

OPEN: Final = "analytics.open_table"
SECRET: Final = "analytics.secret_table"
READER: Final = "analytics.secret_reader"

TABLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "open_table": {
        "description": f"{HOSTILE} 열린 표 🙂",
        "owner": "growth",
        "main_sql": "SELECT one, 'x' AS mail FROM analytics.secret_table",
        "columns": [{"name": "one", "description": HOSTILE}, {"name": "mail", "pii": True}],
        "output_check": [{"row_count": {"min": 1}}],
    },
    "secret_table": {"owner": "secret_owner", "tags": ["secret_tag"], "main_sql": "SELECT 1 AS one"},
    "secret_reader": {"owner": "secret_owner", "main_sql": "SELECT one FROM analytics.open_table"},
}
BROKEN: Final = "table: secret_broken\nschema: analytics\nmain_sql: [\n"


def write_configs(folder: Path) -> None:
    """The three tables, a dbt project that reads one of them, and a file that cannot be read."""
    folder.mkdir()
    reads = {"source.secret.open": {"unique_id": "source.secret.open", "schema": "analytics", "name": "open_table"}}
    orders = node("secret_orders", schema="secret", depends_on={"nodes": ["source.secret.open"]}, columns={"one": ""})
    give_project(folder.parent, [orders], sources=reads)
    (folder / "secret_shop.yaml").write_text("dbt: {project: dbt/shop}\n")
    (folder / "defaults.yaml").write_text("retries: 0\n")
    for name, more in TABLES.items():
        content = yaml.safe_dump({"table": name, "schema": "analytics", **more}, allow_unicode=True)
        (folder / f"{name}.yaml").write_text(content, "utf-8")
    (folder / "secret_broken.yaml").write_text(BROKEN)


def write_dag_file(configs: Path) -> None:
    """Where Airflow looks for it, over these configs."""
    dags = AIRFLOW_HOME / "dags"
    dags.mkdir(exist_ok=True)
    (dags / "summary_table_dags.py").write_text(
        "from pathlib import Path\n"
        "from summary_tables.airflow.dag import dags_to_parse\n\n"
        f"globals().update(dags_to_parse(Path({str(configs)!r})))\n"
    )


_SECONDS: Final = warehouse_answers.SECONDS


@contextmanager
def as_for_people() -> Iterator[None]:
    """Pages wait for a warehouse no longer than they do for people: for tests of one that does not answer."""
    before, warehouse_answers.SECONDS = warehouse_answers.SECONDS, _SECONDS  # type: ignore[misc]
    try:
        yield
    finally:
        warehouse_answers.SECONDS = before  # type: ignore[misc]


def forget() -> None:
    """What this process keeps, so that the next page asks anew."""
    whole_catalog._kept.cache_clear()
    whole_catalog._answers.cache_clear()


@dataclass(frozen=True, kw_only=True)
class Airflow:
    """`tokens` are those of people, by what they may do."""

    app: Any
    manager: Any
    tokens: Mapping[str, str]

    def asked(self, who: str, method: str, path: str, below: str = "/summary-tables", **more: Any) -> Any:
        """The answer to somebody's browser; `nobody`, and `forged` with a cookie that is none of Airflow's."""
        # Airflow has one a process; the fixtures of a module have several.
        _AuthManagerState.instance = self.manager
        client = TestClient(self.app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)
        if who == "forged":
            client.cookies.set("_token", "eyJhbGciOiJIUzUxMiJ9.eyJzdWIiOiIxIn0.AAAA")
        elif who.endswith(" token"):
            client.headers["Authorization"] = f"Bearer {self.tokens[who.removesuffix(' token')]}"
        elif who != "nobody":
            client.cookies.set("_token", self.tokens[who])
        return client.request(method, f"{below}{path}", **more)

    def page(self, who: str, path: str, **more: Any) -> Any:
        return self.asked(who, "GET", path, **more)


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Variables that are there for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ |= variables
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def simple_airflow(configs: Path) -> Iterator[Airflow]:
    """With Airflow's SimpleAuthManager, which knows roles and no rights on single DAGs."""
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

    roles = ("viewer", "user", "op", "admin")
    users = ",".join(f"{role}:{role}" for role in roles)
    variables = {VARIABLE: str(configs), "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": users}
    with environment(AIRFLOW__CORE__AUTH_MANAGER=SIMPLE, **variables):
        purge_cached_app()
        app = create_app()
        manager: Any = get_auth_manager()
        tokens = {role: manager.generate_jwt(SimpleAuthManagerUser(username=role, role=role)) for role in roles}
        yield Airflow(app=app, manager=manager, tokens=tokens)


@contextmanager
def fab_airflow(configs: Path, public_role: str = "") -> Iterator[Airflow]:
    """With Flask-AppBuilder's roles, and one role that may read and trigger a single DAG, another only read it.

    `public_role`: of those who are not logged in; empty: they have none.
    """
    variables = {VARIABLE: str(configs), "AIRFLOW__FAB__AUTH_ROLE_PUBLIC": public_role}
    with environment(AIRFLOW__CORE__AUTH_MANAGER=FAB, **variables):
        purge_cached_app()
        app = create_app()
        manager: Any = get_auth_manager()
        with manager.flask_app.app_context():
            security = manager.appbuilder.sm
            _add_role(security, "OneDag", ("can_read", "DAG:open_table"))
            _add_role(
                security,
                "OneDagTrigger",
                ("can_read", "DAG:open_table"),
                ("can_edit", "DAG:open_table"),
                ("can_create", "DAG Runs"),
            )
            names = ("Public", "Viewer", "User", "Op", "Admin", "OneDag", "OneDagTrigger")
            tokens = {name: manager.generate_jwt(_user(security, name)) for name in names}
        yield Airflow(app=app, manager=manager, tokens=tokens)


def _add_role(security: Any, name: str, *rights: tuple[str, str]) -> None:
    role = security.add_role(name)
    for action, resource in rights:
        security.add_permission_to_role(role, security.create_permission(action, resource))


def _user(security: Any, role: str) -> Any:
    name = role.lower()
    return security.find_user(name) or security.add_user(
        name, name, name, f"{name}@example.com", security.find_role(role), "password"
    )
