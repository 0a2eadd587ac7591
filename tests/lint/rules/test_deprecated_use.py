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
