"""Whatever somebody writes for `refresh`, one message says what to write."""

import pytest

from summary_tables.configs.schema import check
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument

ANY = "`replace`, `append`, `delete_insert` or `merge`"
EACH = (
    "write `refresh: append`, `refresh: {delete_insert: {time_column: date}}` "
    "or `refresh: {merge: {unique_key: user_id}}`"
)
ELSEWHERE = "of this file: what a run does with its rows stands under `refresh`"
WHEN = "the column that tells when, by which the rows of a run are found"
APART = "the column, or the columns, by which rows are told apart"
MERGE = "write `refresh: {merge: {unique_key: c}}`"


def said(text: str) -> list[str]:
    document = yaml_document.parse(f"table: t\nschema: s\nmain_sql: SELECT 1 AS one\n{text}\n".encode())
    assert isinstance(document, YamlDocument), document
    found = check.findings(document, "summary_table")
    return [f"{problem.place.line}:{problem.place.column} {problem.message}; fix: {problem.fix}" for problem in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("refresh:", f"4:9 `refresh` has no value; it can be {ANY}; fix: {EACH}"),
        ("refresh: {}", f"4:10 `refresh` has no value; it can be {ANY}; fix: {EACH}"),
        ("refresh: true", f"4:10 `refresh` can be {ANY}, not `true`; fix: {EACH}"),
        ("refresh: [append]", f"4:10 `refresh` can be {ANY}, not a list; fix: write `refresh: append`"),
        ("refresh: Append", f'4:10 `refresh` is "Append"; it can be {ANY}; fix: write `refresh: append`'),
        ("refresh: apend", f'4:10 `refresh` is "apend"; it can be {ANY}; fix: write `refresh: append`'),
        ("refresh: 매일", f'4:10 `refresh` is "매일"; it can be {ANY}; fix: {EACH}'),
        ("refresh: full", f'4:10 `refresh` is "full"; it can be {ANY}; fix: write `refresh: replace`'),
        (
            "refresh: upsert",
            f'4:10 `refresh` is "upsert"; it can be {ANY}; '
            "fix: write `refresh: {merge: {unique_key: user_id}}`, with a column of the table",
        ),
        (
            "refresh: delete+insert",
            f'4:10 `refresh` is "delete+insert", which needs `time_column`: {WHEN}; '
            "fix: write `refresh: {delete_insert: {time_column: date}}`, with a column of the table",
        ),
        ("refresh:\n  append:", "5:3 `append` has no value; fix: write `refresh: append`"),
        ("refresh: {replace: {}}", "4:11 `replace` has nothing below it; fix: write `refresh: replace`"),
        (
            "refresh: {merge: [c, 날짜]}",
            "4:18 `merge` must be `key: value` lines, not a list; "
            "fix: write `refresh: {merge: {unique_key: [c, 날짜]}}`",
        ),
        (
            "refresh: {merge: {}}",
            f"4:11 `unique_key` is missing from `merge`: {APART}; "
            "fix: write `refresh: {merge: {unique_key: user_id}}`, with a column of the table",
        ),
        ("refresh: {merge: {key: c}}", "4:19 `key` is not a key of `merge`; fix: rename it to `unique_key`"),
        (
            "refresh: {merge: {unique_key: c, soft: 1}}",
            "4:34 `soft` is not a key of `merge`; fix: delete it: the keys allowed here are `unique_key` and `start`",
        ),
        (
            "refresh: {append: {time_column: date}}",
            "4:20 `time_column` belongs to `delete_insert`, not to `append`; "
            "fix: delete it, or write `refresh: {delete_insert: {time_column: date}}`",
        ),
        ("refresh: {upsert: {unique_key: c}}", f"4:11 `upsert` is not a key of `refresh`; fix: {MERGE}"),
        ("refresh: {strategy: merge, unique_key: c}", f"4:11 `strategy` is not a key of `refresh`; fix: {MERGE}"),
        ("refresh: {append: {}, note: x}", "4:23 `note` is not a key of `refresh`; fix: delete it"),
        (
            "refresh: {append: {}, start: 2026-01-01}",
            "4:23 `start` stands beside `append` and not below it; "
            'fix: write `refresh: {append: {start: "2026-01-01"}}`',
        ),
        ("strategy: merge\nunique_key: c", f"4:1 `strategy` and `unique_key` are no keys {ELSEWHERE}; fix: {MERGE}"),
        (
            "refresh: merge\nunique_key: c",
            f"5:1 `unique_key` is not a key {ELSEWHERE}; fix: {MERGE}, instead of the `refresh` that is there",
        ),
        (
            "overwrite: true",
            f"4:1 `overwrite` is not a key {ELSEWHERE}; "
            "fix: delete it: a table is built anew each time unless `refresh` says otherwise",
        ),
        ("incremental: true", f"4:1 `incremental` is not a key {ELSEWHERE}; fix: {EACH}"),
        ("write_disposition: WRITE_APPEND", f"4:1 `write_disposition` is not a key {ELSEWHERE}; fix: {EACH}"),
        (
            "refresh: {append: {start: 20260131}}",
            '4:27 `start` must be a day in quotes such as "2026-01-01", not the number 20260131; '
            'fix: write "2026-01-31"',
        ),
        (
            "refresh: {append: {start: 2027-02-29}}",
            '4:27 `start` is "2027-02-29", a day that is not in the calendar; '
            "fix: the last day of that month is 2027-02-28",
        ),
        (
            "refresh: {append: {start: 1 Jan 2026}}",
            '4:27 `start` is "1 Jan 2026"; it must be a day such as "2026-01-01"; fix: ',
        ),
    ],
)
def test_one_slip_is_one_message(text: str, words: str) -> None:
    assert said(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "refresh: replace",
        "refresh: append",
        "refresh: {append: {start: 2024-02-29}}",
        "refresh: {delete_insert: {time_column: 날짜}}",
        "refresh: {merge: {unique_key: [a, b], start: 2026-01-01}}",
    ],
)
def test_what_is_right_says_nothing(text: str) -> None:
    assert said(text) == []
