"""What takes the place of a table that is to go."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import deprecated_use
from tests.lint.rules.one_rule import config, said

VISITS = config("SELECT 1 AS one", name="visits")


def going(use: str) -> str:
    return config("SELECT 1 AS one", f'deprecated: {{after: "2026-12-31"{use}}}\n')


@pytest.mark.parametrize("use", ["", ", use: analytics.visits", ", use: raw_data.nps"])
def test_a_table_that_readers_can_take(tmp_path: Path, use: str) -> None:
    sources = tmp_path / "dag_configs" / "sources"
    sources.mkdir(parents=True)
    (sources / "raw_data.yaml").write_text("schema: raw_data\ntables:\n  - name: nps\n    columns: [{name: a}]\n")
    assert said(deprecated_use.RULE, tmp_path, going(use), visits=VISITS) == []


def test_one_that_is_misspelt_or_unknown(tmp_path: Path) -> None:
    message = "which no file here builds and `sources/` does not know"
    assert said(deprecated_use.RULE, tmp_path, going(", use: analytics.vistis"), visits=VISITS) == [
        f"5:40+16 warning: `use` names analytics.vistis, {message}; fix: write `analytics.visits`"
    ]
    assert said(deprecated_use.RULE, tmp_path, going(", use: far.away"), visits=VISITS) == [
        f"5:40+8 warning: `use` names far.away, {message}; "
        "fix: name a table that has a file here, or add it to `sources/`"
    ]


def test_the_table_itself(tmp_path: Path) -> None:
    assert said(deprecated_use.RULE, tmp_path, going(", use: analytics.t")) == [
        "5:40+11 warning: `use` names analytics.t itself, which is to go; fix: name the table to take"
    ]


def test_what_cannot_be_read_may_be_it(tmp_path: Path) -> None:
    assert said(deprecated_use.RULE, tmp_path, going(", use: analytics.broken"), broken="table: [\n") == []


def test_one_that_is_to_go_too(tmp_path: Path) -> None:
    def neighbour(name: str, use: str) -> str:
        return config("SELECT 1 AS one", f'deprecated: {{after: "2026-12-31"{use}}}\n', name=name)

    old, older = neighbour("old", ", use: analytics.visits"), neighbour("older", ", use: analytics.old")
    ring, alone = neighbour("ring", ", use: analytics.t"), neighbour("alone", "")
    tables = {"old": old, "older": older, "ring": ring, "alone": alone, "visits": VISITS}
    for use, fix in (
        ("old", "write `analytics.visits`, to which that leads"),
        ("older", "write `analytics.visits`, to which that leads"),
        ("ring", "name a table that stays"),
        ("alone", "name a table that stays"),
    ):
        assert said(deprecated_use.RULE, tmp_path, going(f", use: analytics.{use}"), **tables) == [
            f"5:40+{len(use) + 10} warning: `use` names analytics.{use}, which is deprecated, too; fix: {fix}"
        ]
