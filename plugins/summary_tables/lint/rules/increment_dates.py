"""The query of a table that grows takes the dates of its run: from `data_interval_start` up to `data_interval_end`.

Without a date each run gives the whole table. With `{{ ds }}`, which is one day, a full refresh gives that day only:
there `data_interval_start` is the beginning of the table and `data_interval_end` the end of the run.

PASS: `WHERE created_at >= '{{ data_interval_start }}' AND created_at < '{{ data_interval_end }}'`
FAIL: with `refresh: append`, no `WHERE`; `WHERE created_at::date = '{{ ds }}'`
"""

import re
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.pieces import Piece, pieces

_START = "data_interval_start"
_DAYS = tuple(name for name in DATE_NAMES if name not in (_START, "data_interval_end"))
_FIX = f"write `... >= '{{{{ {_START} }}}}' AND ... < '{{{{ data_interval_end }}}}'`"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    if not file.config.table.refresh.is_incremental or file.config.table.cells:
        return
    found = [piece for piece in pieces(file.main_query.text) if piece.kind in ("value", "statement")]
    if any(_names(piece, _START) for piece in found):
        return
    day = next((piece for piece in found if _names(piece, *_DAYS)), None)
    yield _whole_table(file) if day is None else _one_day(file, day)


RULE = Rule(check=check, level="warning")


def _names(piece: Piece, *names: str) -> bool:
    return any(word in names for word in re.findall(r"\w+", piece.text))


def _whole_table(file: TableFile) -> Finding[Place]:
    return Finding(
        place=file.document.span_of_key(("refresh",)),
        message=f"each run gives the whole table and not its part of it: `main_sql` does not use `{_START}`",
        fix=_FIX,
    )


def _one_day(file: TableFile, day: Piece) -> Finding[Place]:
    text = file.main_query.text[day.start : day.end]
    return Finding(
        place=file.place_in(file.main_query, day.start, day.end - day.start),
        message=f"`{text}` is one day, also in a run that builds the whole table anew: that would have this day only",
        fix=_FIX,
    )
