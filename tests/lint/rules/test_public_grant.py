"""Grants to everybody."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import public_grant
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize("role", ["public", "PUBLIC", "Public"])
def test_everybody(tmp_path: Path, role: str) -> None:
    assert said(public_grant.RULE, tmp_path, config("SELECT 1 AS one", f"grants: {{select: [a, {role}]}}\n")) == [
        f"5:22+6 warning: `{role}` lets everybody read the table who may connect to the warehouse; "
        "fix: name the roles that are to read it, or ignore this where it is meant so"
    ]


def test_roles_and_what_is_shared(tmp_path: Path) -> None:
    assert said(public_grant.RULE, tmp_path, config("SELECT 1 AS one", "grants: {select: [publications]}\n")) == []
    shared = "grants: {select: [public]}\n"
    assert said(public_grant.RULE, tmp_path, config("SELECT 1 AS one"), defaults=shared) == []
