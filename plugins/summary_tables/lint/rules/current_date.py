"""`main_sql` takes its dates from the run, not from the clock.

Repeated tomorrow, a run then gives the same table. A column that is nothing but the time of the build may come from the
clock.

PASS: `WHERE created_at < '{{ data_interval_end }}'`, `SELECT NOW() AS built_at, ...`
FAIL: `WHERE created_at < CURRENT_DATE`
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.query import Query, Word
from summary_tables.text.english import also_on_lines


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    parsed = file.main_query.parsed
    if not isinstance(parsed, Query):
        return
    places: dict[str, list[Word]] = {}
    for word in parsed.current_times:
        if not _is_whole_column(word, parsed):
            places.setdefault(word.text.upper(), []).append(word)
    for words in places.values():
        yield _finding(file, words)


RULE = Rule(check=check, level="warning")


def _is_whole_column(word: Word, query: Query) -> bool:
    """E.g. `NOW() AS built_at`, also with a cast behind it."""
    return any(
        column.offset == word.offset and column.text.removeprefix(word.text).strip()[:2] in ("", "::")
        for column in query.columns
    )


def _finding(file: TableFile, words: Sequence[Word]) -> Finding[Place]:
    first = words[0]
    return Finding(
        place=file.place_in(file.main_query, first.offset, len(first.text)),
        message=f"`{first.text}` is when the query happens to run: a run that is repeated gives another result"
        + also_on_lines(file.place_in(file.main_query, word.offset).line for word in words),
        fix=_replacement(first.text.upper()),
    )


def _replacement(clock: str) -> str:
    if clock in ("CURRENT_DATE", "TODAY"):
        return (
            "write `'{{ ds }}'::date` for the day that the run is about, "
            "`'{{ data_interval_end }}'::date` for the day on which it is due"
        )
    kind = "timestamp" if clock.startswith(("GETDATE", "SYSDATE", "LOCALTIMESTAMP")) else "timestamptz"
    return f"write `'{{{{ data_interval_end }}}}'::{kind}`, the moment at which the run is due"
