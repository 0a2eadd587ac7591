"""The weeks before the demo, as its warehouse's logs tell them: made up, so that the catalogue shows what it can.

Each run is called `demo__<day>`, and so is each version, which never stood: commands that show, publish or drop
versions look at those that stand. All of it is written once, before the first real run, which comes after it in every
order.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.record import record
from summary_tables.checks.kinds.sql_count import SqlCount
from summary_tables.configs.config import read
from summary_tables.model.incident import Event
from summary_tables.model.logs import BUILD_LOG, CHECK_LOG, LogTable
from summary_tables.model.problem import ConfigError
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import CheckStep, SummaryTable
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.session import open_session

DAYS: Final = 28
PREFIX: Final = "demo__"
"""How the ids of its runs begin."""

_HOUR: Final = 3
_TOLD_NOBODY: Final = Policy(places=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """`rows` in the end, and how many came each day; `seconds` of a build. Days count back from today.

    On `failed`, an input held less than its check asks for, and the table was mended the day after; on `warned`, an
    output check that only warned then did not hold.
    """

    rows: int
    daily_rows: int
    seconds: float
    failed: int = 0
    warned: int = 0


_STORIES: Final[Mapping[str, _Story]] = {
    "mau_summary": _Story(rows=7, daily_rows=0, seconds=0.6),
    "channel_summary": _Story(rows=949, daily_rows=1, seconds=1.1, warned=5),
    "nps_summary": _Story(rows=92, daily_rows=1, seconds=0.9, failed=11),
}

TABLES: Final = tuple(_STORIES)

_Row = Mapping[str, object]


def write(session: psycopg.Connection[Any], configs: Path, now: datetime) -> int:
    """Writes it, unless the logs know anything yet; returns the number of builds. `session` is the builder's.

    Tables whose file is gone or broken have none. Raises WarehouseError and psycopg.Error.
    """
    with open_session(session, Warehouse()) as ours:
        for log in (BUILD_LOG, CHECK_LOG):
            tables.ensure(ours, log)
    if session.execute(_statement("SELECT 1 FROM {} LIMIT 1", BUILD_LOG)).fetchone():
        return 0
    found = tuple(_tables(configs))
    builds = [row for table in found for row in _builds(table, now)]
    checks = [row for table in found for row in _checks(table, now)]
    with session.transaction():
        _insert(session, BUILD_LOG, builds)
        _insert(session, CHECK_LOG, checks)
    with open_session(session, Warehouse()) as ours:
        for event in (event for table in found for event in _events(table, now)):
            record(ours, event, _TOLD_NOBODY, event.at)
    return len(builds)


def _tables(configs: Path) -> Iterator[SummaryTable]:
    for name in TABLES:
        with suppress(ConfigError, OSError):
            yield read(name, configs).table


def _statement(text: str, log: LogTable) -> sql.Composed:
    return sql.SQL(text).format(sql.Identifier(Warehouse().versions_schema, log.name))


def _insert(session: psycopg.Connection[Any], log: LogTable, rows: Sequence[_Row]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, log.columns))
    values = sql.SQL(", ").join(sql.Placeholder(name) for name in log.columns)
    statement = _statement("INSERT INTO {}", log) + sql.SQL(" ({}) VALUES ({})").format(columns, values)
    empty = dict.fromkeys(log.columns)
    with session.cursor() as cursor:
        cursor.executemany(statement, [{**empty, **row} for row in rows])


def _days(now: datetime) -> Iterator[tuple[int, datetime]]:
    """How many days ago, and when the run was due; the last real one that may be due already is left out."""
    today = now.astimezone(UTC).replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return ((ago, today - timedelta(days=ago)) for ago in range(DAYS + 1, 1, -1))


def _builds(table: SummaryTable, now: datetime) -> Iterator[_Row]:
    story, chance = _STORIES[table.table], random.Random(table.table)
    columns = json.dumps([column.name for column in table.columns], ensure_ascii=False)
    for ago, due in _days(now):
        seconds = story.seconds * chance.uniform(0.8, 1.5)
        if ago == story.failed:
            continue
        started = due + timedelta(seconds=8)
        built = started + timedelta(seconds=seconds)
        rows = _rows(story, ago)
        yield {
            **_of_run(table, due),
            "version_name": _version(table, due),
            "origin": "built",
            "started_at": started,
            "built_at": built,
            "row_count": rows,
            "column_names": columns,
            "published_at": built + timedelta(seconds=3),
            "strategy": "replace",
            "interval_start": due - timedelta(days=1),
            "interval_end": due,
            "size_bytes": 16_384 + rows * 64,
        }


def _events(table: SummaryTable, now: datetime) -> Iterator[Event]:
    """The run that failed, and the one that mended it."""
    ago = _STORIES[table.table].failed
    if not ago:
        return
    due = next(due for days, due in _days(now) if days == ago)
    failed = next(row for row in _of_step(table, "input_check", due, ago, fails=True) if not row["passed"])
    reason = f'Input check "{failed["check_name"]}" of {table.full_name} failed: '
    reason += f"expected {failed['expected']}, got {failed['actual']}."
    mended = due + timedelta(days=1)
    first = Event(
        kind="failed",
        schema=table.schema,
        table=table.table,
        at=due + timedelta(seconds=8),
        run_id=f"{PREFIX}{due:%Y-%m-%d}",
        owner=table.owner,
        causes=("input_check",),
        reason=reason,
        live_at=due - timedelta(days=1),
    )
    yield first
    yield replace(first, kind="published", at=mended + timedelta(seconds=12), run_id=f"{PREFIX}{mended:%Y-%m-%d}")


def _checks(table: SummaryTable, now: datetime) -> Iterator[_Row]:
    story = _STORIES[table.table]
    for ago, due in _days(now):
        yield from _of_step(table, "input_check", due, ago, fails=ago == story.failed)
        if ago != story.failed:
            yield from _of_step(table, "output_check", due, ago, warns=ago == story.warned)


def _of_step(
    table: SummaryTable, step: CheckStep, due: datetime, ago: int, *, fails: bool = False, warns: bool = False
) -> Iterator[_Row]:
    """What the counting checks of a step found; the last one is the one that did not hold."""
    rows = _rows(_STORIES[table.table], ago) if step == "output_check" else 0
    named = list(zip(table.checks(step), table.check_names(step), strict=True))
    for index, (check, name) in enumerate(named):
        if not isinstance(check, SqlCount):
            continue
        is_off = (fails or warns) and index == len(named) - 1
        result = check.judge(((_answer(check, rows, ago, is_off=is_off),),))
        yield {
            **_of_run(table, due),
            "step": step,
            "position": index + 1,
            "check_name": name.label,
            "check_key": name.key,
            "severity": "warn" if warns and is_off else check.severity,
            "passed": result.passed,
            "expected": result.expected,
            "actual": result.actual,
            "error": "",
            "seconds": 0.04,
            "version_name": _version(table, due) if step == "output_check" else "",
            "checked_at": due + timedelta(seconds=5 if step == "input_check" else 10, milliseconds=index * 50),
        }


def _answer(check: SqlCount, rows: int, ago: int, *, is_off: bool) -> int:
    """The rows of the new build, or those of an input, which grows."""
    if check.op == "eq":
        return int(check.count) + 3 * is_off
    if is_off:
        return int(check.count * 0.87)
    return rows or int(check.count * 1.05) + 7 * (DAYS + 1 - ago)


def _rows(story: _Story, ago: int) -> int:
    return max(story.rows - story.daily_rows * (ago - 2), 1)


def _of_run(table: SummaryTable, due: datetime) -> dict[str, object]:
    names = {"schema_name": table.schema, "table_name": table.table}
    return {**names, "run_id": f"{PREFIX}{due:%Y-%m-%d}", "try_number": 1, "run_at": due}


def _version(table: SummaryTable, due: datetime) -> str:
    return f"{PREFIX}{table.table}__{due:%Y_%m_%d}"
