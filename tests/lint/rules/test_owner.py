"""Owners who are not on the list."""

from pathlib import Path

from summary_tables.lint.rules import owner
from tests.lint.rules.one_rule import config, said

OWNERS = "owners: [data, growth, 성장팀]\n"


def owned(by: str) -> str:
    return config("SELECT 1 AS one", f"owner: {by}\n")


def test_anybody_where_there_is_no_list(tmp_path: Path) -> None:
    assert said(owner.RULE, tmp_path, owned("jin")) == []
    assert said(owner.RULE, tmp_path, owned("jin"), defaults="owners: []\n") == []


def test_owners_on_the_list(tmp_path: Path) -> None:
    assert said(owner.RULE, tmp_path, owned("growth"), defaults=OWNERS) == []
    assert said(owner.RULE, tmp_path, owned("성장팀"), defaults=OWNERS) == []
    assert said(owner.RULE, tmp_path, config("SELECT 1 AS one"), defaults=OWNERS) == []


def test_nearest_owner_or_all(tmp_path: Path) -> None:
    assert said(owner.RULE, tmp_path, owned("grwth"), defaults=OWNERS) == [
        "5:8+5 error: `grwth` is not among the owners in defaults.yaml; fix: write `owner: growth`"
    ]
    assert said(owner.RULE, tmp_path, owned("jin"), defaults=OWNERS) == [
        "5:8+3 error: `jin` is not among the owners in defaults.yaml; "
        "fix: write one of `data`, `growth` and `성장팀`, or add it to `owners` there"
    ]


def test_owner_of_those_who_name_none(tmp_path: Path) -> None:
    assert said(owner.RULE, tmp_path, config("SELECT 1 AS one"), defaults="owner: jin\nowners: [growth]\n") == [
        "0:0+0 error: `jin`, the owner where a file names none, is not among the owners in defaults.yaml; "
        "fix: write one of `growth`, or add it to `owners` there"
    ]
