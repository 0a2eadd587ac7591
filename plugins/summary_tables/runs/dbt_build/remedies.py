"""What to do about mistakes of which dbt only says that they are there, or says it in words of its own."""

import re
from typing import Final

_REMEDIES: Final = (
    (
        re.compile(r"Env var required but not provided: '(?P<name>[^']+)'\."),
        "the environment variable `{name}`, for which the project asks, is not set. Set it where Airflow's tasks run; "
        "those that begin with AIRFLOW or PG are not handed on to dbt.",
    ),
    (
        re.compile(r"Required var '(?P<name>[^']+)' not found in config:.*"),
        "the variable `{name}` has no value. Give it one under `vars`: in dbt_project.yml, or below `dbt` in the file "
        "of dag_configs/.",
    ),
    (
        re.compile(r"(?:ERROR: )?Cross-db references not allowed in postgres \((?P<name>\S+) vs (?P<own>\S+)\)\."),
        "a model or a source of the project names the database {name}, and dbt reaches only that of the connection, "
        "{own}. Take `database` away there.",
    ),
    (
        re.compile(r"Materialization \"\w+\" only supports languages \['sql'\]; got \"python\"\."),
        "it is a Python model, and dbt runs only SQL in PostgreSQL. Write it as SQL, or leave it out with `exclude`.",
    ),
    (
        re.compile(r"macro 'dbt_macro__test_\w+' takes no keyword argument 'arguments'\."),
        "this dbt does not read `arguments` below a test, as dbt does from 1.10.5 on, unless the project switches that "
        "off. Take a newer dbt, or write what stands below `arguments` in its place.",
    ),
)


def with_remedy(words: str) -> str:
    """`words` of dbt, as one or more sentences."""
    for pattern, remedy in _REMEDIES:
        if found := pattern.search(words):
            return words[: found.start()] + remedy.format(**found.groupdict()) + words[found.end() :]
    return words
