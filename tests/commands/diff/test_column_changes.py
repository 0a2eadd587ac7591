"""What of a table's columns changes, and what is said of what that reaches."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from summary_tables.commands.diff.column_changes import MOST_SEARCHES, ColumnChange
from summary_tables.commands.diff.json_document import json_document
from summary_tables.commands.diff.preview import Preview
from summary_tables.commands.diff.reach_lines import reach_lines
from summary_tables.lint.engine import lint
from summary_tables.lint.facts.column_lineage import Reached
from tests.commands.diff.config_folders import folder_of, table
from tests.golden_files import assert_golden

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SUM = "SELECT day, sum(score) AS nps, count(*) AS n FROM raw.answers WHERE is_real GROUP BY day"
READERS = {
    "weekly": table("weekly", "SELECT date_trunc('week', day) AS week, avg(nps) AS nps FROM {schema}.t GROUP BY 1"),
    "board": table("board", "SELECT w.week, w.nps AS nps_avg FROM analytics.weekly w", "owner: 이사회\n"),
    "total": table("total", "SELECT count(*) AS n FROM analytics.t", "owner: sales\n"),
}


def found(place: Path, before: str, after: str | None, **others: str) -> Preview:
    sides = [
        folder_of(place / name, **READERS, **others, **({"t": text} if text else {}))
        for name, text in (("before", before), ("after", after))
    ]
    return Preview(before=sides[0], after=sides[1], lint=lint([sides[1].path]), now=NOW)


def lines(preview: Preview, name: str = "analytics.t") -> list[str]:
    return [line.strip() for line in reach_lines(preview.column_changes[name], preview.owner_of)]


_MANY = range(1, MOST_SEARCHES + 2)
TYPED = "columns: [{{name: day}}, {{name: nps, type: {0}}}, {{name: n}}]\n"

CASES = {
    "nothing": (table("t", SUM), table("t", f"{SUM}\n-- a comment", "retries: 3\n"), []),
    "definition": (
        table("t", SUM),
        table("t", SUM.replace("sum(score)", "avg(score)")),
        [
            "- **What that reaches**",
            "- `nps` is computed otherwise → `analytics.weekly` of `data`: `nps`; "
            "`analytics.board` of `이사회`: `nps_avg`",
        ],
    ),
    "not read": (
        table("t", SUM),
        table("t", SUM.replace("count(*)", "count(id)")),
        ["- **What that reaches**", "- nothing here is made of `n`"],
    ),
    "renamed": (
        table("t", SUM),
        table("t", SUM.replace("AS nps", "AS score")),
        [
            "- **What that reaches**",
            "- `nps` is called `score` now → `analytics.weekly` of `data`: `nps`; "
            "`analytics.board` of `이사회`: `nps_avg`",
        ],
    ),
    "type": (
        table("t", SUM, TYPED.format("numeric")),
        table("t", SUM, TYPED.format("bigint")),
        [
            "- **What that reaches**",
            "- `nps` has another type → `analytics.weekly` of `data`: `nps`; `analytics.board` of `이사회`: `nps_avg`",
        ],
    ),
    "filter": (
        table("t", SUM),
        table("t", SUM.replace("is_real", "is_new")),
        [
            "- **What that reaches**",
            "- which rows there are → `analytics.total` of `sales`: which rows it has; "
            "`analytics.weekly` of `data`: which rows it has; `analytics.board` of `이사회`: which rows it has",
        ],
    ),
    "removed": (
        table("t", SUM),
        None,
        [
            "- **What that reaches**",
            "- `analytics.t` is built no longer → `analytics.total` of `sales`: which rows it has; "
            "`analytics.weekly` of `data`: `week`, `nps` and which rows it has; "
            "`analytics.board` of `이사회`: `week`, `nps_avg` and which rows it has",
        ],
    ),
    "not known": (
        table("t", SUM),
        table("t", SUM.replace("is_real", "{% if ds %} is_real {% endif %}")),
        [
            "- **What that reaches**",
            "- which columns change is not known "
            "(only a run knows what its `{% ... %}` and `{{ ... }}` make of the SQL) → "
            "`analytics.total` of `sales`: perhaps which rows it has; "
            "`analytics.weekly` of `data`: perhaps which rows it has; "
            "`analytics.board` of `이사회`: perhaps which rows it has",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_change_of_columns_reaches(case: str, tmp_path: Path) -> None:
    before, after, expected = CASES[case]
    preview = found(tmp_path, before, after)
    assert lines(preview) == expected if preview.changes else expected == []


def test_a_reader_of_which_nothing_is_known(tmp_path: Path) -> None:
    typo = table("typo", "SELECT nsp FROM analytics.t")
    preview = found(tmp_path, table("t", SUM), table("t", SUM.replace("sum(score)", "avg(score)")), typo=typo)
    assert "perhaps `analytics.typo` of `data` (not known: `nsp` is no column that is known)" in lines(preview)[1]


def test_of_many_columns_the_rest_is_counted() -> None:
    """Those that are made of it for certain, and those that perhaps are."""
    reached = tuple(
        Reached(table="analytics.wide", column=f"c{number:02}", how="perhaps" if number % 2 else "value")
        for number in range(20)
    )
    change = ColumnChange(table="analytics.t", kind="gone", column="a", reached=reached)
    sure, unsure = (", ".join(f"`c{number:02}`" for number in range(first, 16, 2)) for first in (0, 1))
    assert list(reach_lines([change], lambda _: "data"))[1] == (
        f"  - `a` is gone → `analytics.wide` of `data`: {sure}, 2 more and perhaps {unsure} and 2 more"
    )


def test_so_many_columns_are_not_followed(tmp_path: Path) -> None:
    before, after = (
        table("t", f"SELECT day, nps, {', '.join(f'{sign}{each} AS c{each}' for each in _MANY)} FROM raw.t")
        for sign in ("", "-")
    )
    preview = found(tmp_path, before, after)
    shown = lines(preview)
    assert "- which columns change is not known (too many columns change to follow each) → not followed" in shown


def test_document_for_programs(tmp_path: Path) -> None:
    preview = found(tmp_path, table("t", SUM), table("t", SUM.replace("sum(score) AS nps", "avg(score) AS score")))
    assert_golden("diff/document.json", json_document(preview))
