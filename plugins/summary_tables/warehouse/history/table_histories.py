"""What the logs know of all tables, for a list of them, and of one, for its page. Nothing is changed here."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Final

from summary_tables.model.build import Build, RollBack
from summary_tables.model.table_history import BuildPoint, FailingCheck, LoggedCheck, RunChecks, TableHistory
from summary_tables.model.version import AddedRuns, Version
from summary_tables.sql.statements.table_histories import BOTH_LOGS
from summary_tables.warehouse.history.versions import shown_at, versions_from
from summary_tables.warehouse.logs.build_log import build_from_row, utc
from summary_tables.warehouse.logs.check_rows import check_from_row, errors_first, last_answers, run_checks
from summary_tables.warehouse.session.driver import is_idle
from summary_tables.warehouse.session.errors import UNDEFINED_COLUMN, UNDEFINED_TABLE, WarehouseError
from summary_tables.warehouse.session.session import Row, Session
from summary_tables.warehouse.view.roll_back_log import roll_back_from_row

RUNS: Final = 30
"""So many runs of a table are shown."""

BUILDS: Final = 100
"""So many builds are shown on a table's own page."""

_OLD_LOGS = "The logs in the warehouse are those of an earlier release; the next run brings them up to date."


def latest(session: Session) -> Mapping[str, TableHistory]:
    """Of every table that the logs know, by full name: what its state follows from. Two statements.

    A warehouse without logs knows no table. Raises `WarehouseError`.
    """
    found: dict[str, TableHistory] = {}
    for row in _rows(session, session.sql.table_histories.last_builds()):
        name = _full_name(row)
        found[name] = _with_build(found.get(name, TableHistory()), row)
    checks: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(session, session.sql.table_histories.last_checks()):
        checks[_full_name(row)].append(row)
    return found | {name: _with_last_run(found.get(name, TableHistory()), rows) for name, rows in checks.items()}


def with_recent_runs(
    session: Session, histories: Mapping[str, TableHistory], names: Collection[str], runs: int = RUNS
) -> Mapping[str, TableHistory]:
    """`histories` by full name, those of `names` with `points` and `runs`. One statement. Raises `WarehouseError`."""
    asked = [name for name in names if name in histories]
    if not asked:
        return histories
    recent: dict[str, list[Row]] = defaultdict(list)
    for row in _recent_rows(session, [_parts(name) for name in asked], runs):
        recent[_full_name(row)].append(row)
    return {**histories, **{name: _with_recent(histories[name], recent[name]) for name in asked}}


def history(session: Session, schema: str, table: str, *, builds: int = BUILDS, runs: int = RUNS) -> TableHistory:
    """All of one table, as its own page shows it. Three statements at most. Raises `WarehouseError`.

    Of `versions` it is not said what the live one lacks: that is for who rolls back (`warehouse.history.versions`).
    """
    sql = session.sql.table_histories
    built = _rows(session, sql.builds_of(schema, table, builds))
    asked = _rows(session, sql.checks_of(schema, table, runs))
    has_roll_backs = any(row[0] for row in built)
    back = _rows(session, session.sql.history.roll_backs(schema, table)) if has_roll_backs else []
    return _of_checks(_of_builds(built, tuple(map(roll_back_from_row, back)), builds), asked)


def _recent_rows(session: Session, names: Sequence[tuple[str, str]], runs: int) -> list[Row]:
    sql = session.sql.table_histories
    if rows := _rows(session, sql.recent_runs(names, runs)):
        return rows
    # One of the two logs may be missing, where nothing was built yet or no table has a check.
    return [row for log in BOTH_LOGS for row in _rows(session, sql.recent_runs(names, runs, (log,)))]


def _rows(session: Session, statement: str) -> list[Row]:
    """None where nobody has ever written into the log."""
    try:
        with nullcontext() if is_idle(session.connection) else session.savepoint():
            return session.rows(statement)
    except WarehouseError as error:
        if error.sqlstate == UNDEFINED_TABLE:
            return []
        if error.sqlstate == UNDEFINED_COLUMN:
            raise WarehouseError(_OLD_LOGS, sqlstate=error.sqlstate) from None
        raise


def _full_name(row: Row) -> str:
    return f"{row[0]}.{row[1]}"


def _parts(full_name: str) -> tuple[str, str]:
    schema, _, table = full_name.rpartition(".")
    return schema, table


def _with_build(before: TableHistory, row: Row) -> TableHistory:
    _schema, _table, is_live, *columns = row
    if columns[0] is None:
        return before
    build, newest = build_from_row(tuple(columns)), before.newest
    if build.published_at and (newest is None or build.started_at > newest.started_at):
        newest = build
    return replace(before, live=build if is_live else before.live, newest=newest)


def _with_last_run(before: TableHistory, rows: Sequence[Row]) -> TableHistory:
    _schema, _table, passed, failed, warned, ended_at, *_ = rows[0]
    found = [(check_from_row(row[8:]), row[6], row[7]) for row in rows]
    last, *_ = found[0]
    return replace(
        before,
        last_run=RunChecks(
            run_id=last.run_id,
            run_at=last.run_at,
            checked_at=utc(ended_at),
            passed=passed,
            failed=failed,
            warned=warned,
        ),
        failing=errors_first(
            FailingCheck(check=check, since=utc(since or check.run_at), runs=runs or 1)
            for check, since, runs in found
            if not check.passed
        ),
    )


def _with_recent(before: TableHistory, rows: Sequence[Row]) -> TableHistory:
    builds = sorted((row for row in rows if row[2] == "build"), key=lambda row: utc(row[8]), reverse=True)
    checks = sorted((row for row in rows if row[2] == "checks"), key=lambda row: utc(row[8]), reverse=True)
    return replace(before, points=tuple(map(_point_from_row, builds)), runs=tuple(map(_run_from_row, checks)))


def _point_from_row(row: Row) -> BuildPoint:
    *_, run_id, run_at, rows, _none, _nor_this, started_at, built_at, published_at = row
    return BuildPoint(
        run_id=run_id,
        run_at=utc(run_at),
        rows=rows,
        seconds=(built_at - started_at).total_seconds(),
        is_published=published_at is not None,
    )


def _run_from_row(row: Row) -> RunChecks:
    _schema, _table, _kind, run_id, run_at, passed, failed, warned, checked_at, *_ = row
    return RunChecks(
        run_id=run_id,
        run_at=utc(run_at),
        checked_at=utc(checked_at),
        passed=passed,
        failed=failed,
        warned=warned,
    )


def _of_builds(rows: Sequence[Row], roll_backs: Sequence[RollBack], most: int) -> TableHistory:
    builds = [build_from_row(row[5:-1]) for row in rows]
    live = next((build for build, row in zip(builds, rows, strict=True) if row[1]), None)
    versions = _versions([row for row in rows if row[2]], live, roll_backs)
    runs = [build for build, row in zip(builds, rows, strict=True) if row[-1] == "built"]
    return TableHistory(
        live=live,
        newest=next((build for build in builds if build.published_at), None),
        roll_back=next((version.roll_back for version in versions if version.state == "live"), None),
        points=tuple(map(_point, runs[:most])),
        builds=tuple(runs[:most]),
        roll_backs=tuple(reversed(roll_backs)),
        versions=versions,
    )


def _point(build: Build) -> BuildPoint:
    built_at = build.built_at or build.started_at
    return BuildPoint(
        run_id=build.run_id,
        run_at=build.run_at,
        rows=build.rows,
        seconds=(built_at - build.started_at).total_seconds(),
        is_published=build.published_at is not None,
    )


def _versions(rows: Sequence[Row], live: Build | None, roll_backs: Sequence[RollBack]) -> tuple[Version, ...]:
    found = versions_from([row[5:] for row in rows], live, roll_backs)
    added = {row[5]: AddedRuns(runs=int(row[3]), last_due=utc(row[4])) for row in rows if row[3]}
    with_added = (replace(version, added=added.get(version.build.version)) for version in found)
    return tuple(sorted(with_added, key=lambda version: shown_at(version.build), reverse=True))


def _of_checks(before: TableHistory, rows: Sequence[Row]) -> TableHistory:
    since = {check: row[0] for row in rows for check in (check_from_row(row[1:]),)}
    of_runs = [last_answers(checks) for _, checks in groupby(since, key=lambda check: check.run_id)]
    failing = [check for check in of_runs[0] if not check.passed] if of_runs else []
    return replace(
        before,
        last_run=run_checks(of_runs[0]) if of_runs else None,
        failing=errors_first(_failing_check(check, utc(since[check] or check.run_at), of_runs) for check in failing),
        runs=tuple(map(run_checks, of_runs)),
        checks=tuple(since),
    )


def _failing_check(check: LoggedCheck, since: datetime, of_runs: Sequence[Sequence[LoggedCheck]]) -> FailingCheck:
    same = [found for answers in of_runs for found in answers if (found.step, found.key) == (check.step, check.key)]
    first_pass = next((place for place, found in enumerate(same) if found.passed), len(same))
    return FailingCheck(check=check, since=since, runs=first_pass)
