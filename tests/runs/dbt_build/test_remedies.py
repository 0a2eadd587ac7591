"""What to do is said of mistakes of which dbt says only that they are there; all else stays as dbt said it."""

import pytest

from summary_tables.runs.dbt_build.remedies import with_remedy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Env var required but not provided: 'SHOP_REGION'.",
            "the environment variable `SHOP_REGION`, for which the project asks, is not set. Set it where Airflow's "
            "tasks run; those that begin with AIRFLOW or PG are not handed on to dbt.",
        ),
        (
            "Required var 'days' not found in config: Vars supplied to a = {}.",
            "the variable `days` has no value. Give it one under `vars`: in dbt_project.yml, or below `dbt` in the "
            "file of dag_configs/.",
        ),
        (
            "ERROR: Cross-db references not allowed in postgres (elsewhere vs warehouse).",
            "a model or a source of the project names the database elsewhere, and dbt reaches only that of the "
            "connection, warehouse. Take `database` away there.",
        ),
        (
            'Materialization "materialization_table_default" only supports languages [\'sql\']; got "python".',
            "it is a Python model, and dbt runs only SQL in PostgreSQL. Write it as SQL, or leave it out with "
            "`exclude`.",
        ),
        (
            "macro 'dbt_macro__test_accepted_values' takes no keyword argument 'arguments'.",
            "this dbt does not read `arguments` below a test, as dbt does from 1.10.5 on, unless the project switches "
            "that off. Take a newer dbt, or write what stands below `arguments` in its place.",
        ),
        ('column "x" does not exist.', 'column "x" does not exist.'),
    ],
)
def test_remedies(words: str, expected: str) -> None:
    assert with_remedy(words) == expected
