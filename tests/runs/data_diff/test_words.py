"""What is said of two tables: each sentence whole."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from summary_tables.model.column import Column
from summary_tables.model.data_diff import (
    ColumnDiff,
    ColumnProfile,
    ColumnStatistics,
    DataDiff,
    ExampleRow,
    KeyRange,
)
from summary_tables.model.failure import Refusal
from summary_tables.runs.data_diff.reports import data_json, data_markdown, data_text
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.runs.data_diff.words import headline, number_text, remarks


def diff(rows: int = 9850, **values: object) -> DataDiff:
    """`rows` on both sides, matched by a day, and what is given."""
    same = DataDiff(
        rows_before=rows, rows_after=rows, compared_before=rows, compared_after=rows, key=("day",), key_origin="unique"
    )
    return replace(same, **values)  # type: ignore[arg-type]  # each test gives what it needs


def column(name: str, changed: int = 0, **values: object) -> ColumnDiff:
    found = ColumnDiff(name=name, type_before="numeric", type_after="numeric", changed=changed)
    return replace(found, **values)  # type: ignore[arg-type]  # each test gives what it needs


_NPS = column("nps", 1204, largest="0.4000000000000001")
_DAYS = KeyRange(name="day", first="2026-11-19", last="2026-11-21", days=True)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (diff(), "all 9,850 rows stay as they are"),
        (diff(1), "the only row stays as it is"),
        (diff(0), "there are no rows, before and after"),
        (
            diff(changed=1204, columns=(_NPS,), added=3, added_range=_DAYS),
            "1,204 of 9,850 rows change, all in `nps`, by at most 0.4; 3 days are new (`day` 2026-11-19 to 2026-11-21)",
        ),
        (
            diff(changed=1, columns=(column("at", 1, largest="5400", is_time=True),)),
            "1 of 9,850 rows changes, all in `at`, by at most 1.5 hours",
        ),
        (diff(3, changed=3, columns=(column("name", 3),)), "all 3 rows change, in `name`"),
        (diff(1, changed=1, columns=(column("n", 1, largest="1"),)), "the only row changes, in `n`, by at most 1"),
        (
            diff(changed=9, columns=tuple(column(name, number) for number, name in enumerate("abcdef", 1))),
            "9 of 9,850 rows change, in `f` (6), `e` (5), `d` (4), `c` (3) and 2 more columns",
        ),
        (
            diff(removed=1, removed_range=KeyRange(name="day", first="2026-11-19", last="2026-11-19", days=True)),
            "no row changes; 1 day is gone (`day` 2026-11-19)",
        ),
        (diff(key=(), added=2, removed=1), "2 rows are new; 1 row is gone"),
        (diff(compared_before=3, removed=3, added=1), "1 row is new; 3 rows are gone"),
        (diff(compared_before=0, added=1), "1 row is new"),
        (
            diff(every=4, compared_before=0, compared_after=0),
            "no row falls into the sample, so nothing can be said; a larger --max-rows has more of them",
        ),
        (diff(every=4, compared_before=2462), "in a sample, all 9,850 rows stay as they are"),
    ],
)
def test_the_whole_in_one_sentence(found: DataDiff, words: str) -> None:
    assert headline(found) == words


def test_what_must_be_known_besides() -> None:
    profile = ColumnProfile(name="score", type="integer", statistics=ColumnStatistics(nulls=0, distinct=1))
    found = diff(
        every=4,
        compared_before=2500,
        compared_after=2400,
        repeated_before=4,
        repeated_after=5,
        columns=(
            column("n", type_before="integer", type_after="character varying(5)"),
            column("share", noise=12),
            column("tags", 7, reordered=5),
        ),
        new_columns=(profile, replace(profile, name="extra")),
        gone_columns=(Column(name="nps", type="integer"), Column(name="old", type="text")),
        renamed=(("nps", "score"),),
        is_reordered=True,
    )
    assert list(remarks(found)) == [
        "`score` has the values that `nps` had: it may be the same column under another name.",
        "New column: `extra` (integer).",
        "Gone column: `old`.",
        "`n` was integer and is varchar(5).",
        "The columns come in another order.",
        "Rows are matched by `day`, unique as its file says.",
        "4 rows before and 5 after have a key that is not theirs alone: which of them belong together nobody can tell, "
        "so they count as new or gone where no whole row is the same.",
        "12 rows of `share` differ by rounding only, as floating point does; they count as unchanged.",
        "5 of the changed values of `tags` have the same elements in another order.",
        "Compared is a sample: the rows of one of 4 keys, the same keys on both sides; 2,500 of 9,850 rows before and "
        "2,400 of 9,850 after. All other numbers are those of the sample.",
    ]
    one = diff(columns=(column("share", noise=1), column("tags", 7, reordered=1)))
    assert list(remarks(one))[1:] == [
        "1 row of `share` differs by rounding only, as floating point does; it counts as unchanged.",
        "1 of the changed values of `tags` has the same elements in another order.",
    ]
    assert list(remarks(diff(key=()))) == ["The two have no column in common, so no row is the same."]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.30000000000000004", "0.3"),
        ("0.4", "0.4"),
        ("5.00", "5"),
        ("1204", "1,204"),
        ("12345678.9", "12,345,679"),
        ("1234.5678", "1,234.57"),
        ("1e300", "1.00000e+300"),
        ("0.000001234567", "0.00000123457"),
        ("5.55e-17", "5.55E-17"),
        ("-0.5", "-0.5"),
        ("0", "0"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
    ],
)
def test_numbers(value: str, text: str) -> None:
    assert number_text(value) == text


def test_whatever_stands_in_names_and_values_stays_text() -> None:
    """In a terminal, in a comment, and for programs."""
    hostile = "``` </details> @jin \x1b[2J | 한글 🙂"
    examples = (ExampleRow(kind="changed", key=(hostile,), before=(hostile,), after=(None,)),)
    statistics = ColumnStatistics(nulls=0, distinct=1, minimum=hostile, top=((hostile, 3),))
    columns = (column(hostile, 1, before=statistics, after=statistics),)
    found = diff(changed=1, key=(hostile,), columns=columns, example_columns=(hostile,), examples=examples)
    data = TableData(table=hostile, before_words="before", after_words="after", diff=found)
    text = data_text([data])
    assert "\x1b" not in text
    assert "한글" in text
    comment = data_markdown([data])
    assert "\x1b" not in comment
    tokens = MarkdownIt("commonmark").parse(comment)
    assert sum(token.type == "fence" for token in tokens) == 1
    assert [token.content for token in tokens if token.type == "html_block"] == [
        "<details><summary>Numbers and examples</summary>\n",
        "</details>\n",
    ]
    assert "\x1b" not in data_json([data])


def test_refusal_with_details() -> None:
    refusal = Refusal(error="It cannot be built.", details="in the file\nin the query")
    assert data_text([TableData(table="analytics.t", refusal=refusal)]) == (
        "analytics.t: It cannot be built.\n  in the file\n  in the query\n"
    )
