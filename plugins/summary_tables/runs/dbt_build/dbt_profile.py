"""How dbt is told of the warehouse: a `profiles.yml` without values, and the values as environment variables.

The password is in neither a file nor a command line; its variable has the prefix whose values dbt hides in its own log.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_PREFIX: Final = "SUMMARY_TABLES_WAREHOUSE_"
_PASSWORD: Final = "DBT_ENV_SECRET_SUMMARY_TABLES_PASSWORD"
_TEXTS: Final = ("sslmode", "sslcert", "sslkey", "sslrootcert", "search_path", "role")
_NUMBERS: Final = ("connect_timeout", "keepalives_idle", "retries")
_OF_LIBPQ: Final = (
    "channel_binding",
    "gssencmode",
    "krbsrvname",
    "options",
    "require_auth",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcrl",
    "sslnegotiation",
    "target_session_attrs",
)
"""What dbt's profile has no key for: libpq, which dbt uses, takes it from its own variables."""

# What a project of somebody else must not read: Airflow's connections stand in its variables. dbt's Python is its own.
_OF_AIRFLOW: Final = ("AIRFLOW", "_AIRFLOW", "PG", "PYTHONPATH", "PYTHONHOME")
_QUIET: Final = {
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "0",
    "DO_NOT_TRACK": "1",
    "DBT_USE_COLORS": "0",
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Where the warehouse is, and who asks it. `options` are those of an Airflow connection's extras."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str
    options: Mapping[str, Any] = field(default_factory=dict)


def profile_text(profile: str, target: str, login: Login) -> str:
    """The whole `profiles.yml`, as JSON, which is YAML as well."""
    values: dict[str, Any] = {
        "type": "postgres",
        "host": _value("HOST"),
        "port": f"{{{{ env_var('{_PREFIX}PORT') | as_number }}}}",
        "user": _value("USER"),
        "password": f"{{{{ env_var('{_PASSWORD}') }}}}",
        "dbname": _value("DATABASE"),
        "schema": _value("SCHEMA"),
        # dbt reads the whole project anew where this is another than the last time; so the variable below says it.
        "application_name": "",
    }
    values |= {name: _value(name.upper()) for name in _TEXTS if login.options.get(name)}
    values |= {name: f"{{{{ env_var('{_PREFIX}{name.upper()}') | as_number }}}}" for name, _ in _numbers(login)}
    return json.dumps({profile: {"target": target, "outputs": {target: values}}}, indent=2)


def environment(login: Login, schema: str, name: str, inherited: Mapping[str, str]) -> dict[str, str]:
    """The variables of dbt's process. `name` is what the warehouse shows of its sessions."""
    kept = {key: value for key, value in inherited.items() if not key.startswith(_OF_AIRFLOW)}
    values = {
        "HOST": login.host,
        "PORT": str(login.port),
        "USER": login.user,
        "DATABASE": login.database,
        "SCHEMA": schema,
        **{option.upper(): str(login.options[option]) for option in _TEXTS if login.options.get(option)},
        **{option.upper(): str(value) for option, value in _numbers(login)},
    }
    return {
        **kept,
        **_QUIET,
        **{f"{_PREFIX}{key}": value for key, value in values.items()},
        _PASSWORD: login.password,
        "PGAPPNAME": name,
        **{
            f"PG{option.replace('_', '').upper()}": str(login.options[option])
            for option in _OF_LIBPQ
            if login.options.get(option)
        },
    }


def _numbers(login: Login) -> Iterator[tuple[str, int]]:
    for name in _NUMBERS:
        value = str(login.options.get(name, ""))
        if value.isdecimal():
            yield name, int(value)


def _value(name: str) -> str:
    return f"{{{{ env_var('{_PREFIX}{name}') }}}}"
