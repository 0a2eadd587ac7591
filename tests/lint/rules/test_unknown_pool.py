"""A pool that Airflow does not have."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import unknown_pool
from tests.lint.rules.one_rule import config, said

START = (
    "5:7+{} warning: `pools` in defaults.yaml does not list `{}`, and in a pool that is not there no step starts; fix: "
)


@pytest.mark.parametrize(
    ("pools", "pool", "fix"),
    [
        ("[heavy]", "heavy", ""),
        ("[heavy]", "default_pool", ""),
        ("[]", "anything", ""),
        ("[heavy]", "haevy", "write `pool: heavy`"),
        ("[heavy]", "nightly", "make it in Airflow, and add `nightly` to `pools` in defaults.yaml"),
    ],
)
def test_the_pools_that_there_are(pools: str, pool: str, fix: str, tmp_path: Path) -> None:
    text = config("SELECT 1 AS a", f"pool: {pool}\n")
    found = said(unknown_pool.RULE, tmp_path, text, defaults=f"pools: {pools}\n")
    assert found == ([START.format(len(pool), pool) + fix] if fix else [])
