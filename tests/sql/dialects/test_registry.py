"""Who builds on one warehouse loads its dialect, and nothing that only lint or another warehouse needs."""

import subprocess
import sys
from dataclasses import fields

import pytest

from summary_tables.model.table import Attributes
from summary_tables.sql.dialects import registry
from tests.conftest import REPOSITORY

_ASK = """
import sys
from summary_tables.sql.dialects.registry import dialect_of
dialect_of("{name}").statements("summary_tables").versions.analyze("a")
others = ("jsonschema", "postgast", "psycopg", "sqlglot", "summary_tables.sql.parser", "summary_tables.sql.dialects.")
print(*sorted({{".".join(name.split(".")[:4]) for name in set(sys.modules) if name.startswith(others)}}))
"""


@pytest.mark.parametrize(
    ("name", "loaded"),
    [
        ("postgres", ["postgres", "registry"]),
        # Most of it is PostgreSQL's.
        ("redshift", ["postgres", "redshift", "registry"]),
    ],
)
def test_what_is_loaded(name: str, loaded: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASK.format(name=name)], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    assert done.stdout.split() == [f"summary_tables.sql.dialects.{part}" for part in loaded]


@pytest.mark.parametrize("key", [*(field.name for field in fields(Attributes)), "indexes", "work_mem_mb"])
def test_each_key_of_a_layout_is_for_some_warehouse(key: str) -> None:
    assert registry.owners(key)
