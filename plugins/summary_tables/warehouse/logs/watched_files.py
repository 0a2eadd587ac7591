"""What the watch asks of all tables at once, and keeps of their files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar

from summary_tables.model.build import Build
from summary_tables.model.logs import BUILD_LOG, WATCHED_FILES
from summary_tables.model.watched_file import WatchedFile
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.session.session import Row, Session

T = TypeVar("T")
_AT_ONCE: Final = 500


def last_publications(session: Session) -> Mapping[str, Build]:
    """What was published last, by the full name of the table. Raises `WarehouseError`."""
    if not tables.exists(session, BUILD_LOG):
        return {}
    rows = session.rows(session.sql.watch.last_publications())
    return {f"{row[0]}.{row[1]}": _build(row) for row in rows}


def _build(row: Row) -> Build:
    _schema, _table, run_id, run_at, started_at, published_at, strategy, rows = row
    return Build(
        version="",
        run_id=run_id,
        run_at=utc(run_at),
        started_at=utc(started_at),
        published_at=utc(published_at),
        strategy=strategy or "replace",
        rows=rows or 0,
    )


def watched_files(session: Session) -> Mapping[str, WatchedFile]:
    """By the name of the file. Raises `WarehouseError`."""
    if not tables.exists(session, WATCHED_FILES):
        return {}
    found = map(_file, session.rows(session.sql.watch.watched_files()))
    return {file.file: file for file in found}


def _file(row: Row) -> WatchedFile:
    name, schema, table, digest, document, problems, known_at = row
    return WatchedFile(
        file=name,
        schema=schema,
        table=table,
        digest=digest,
        document=document,
        problems=problems,
        known_at=utc(known_at),
    )


def keep_files(session: Session, changed: Sequence[WatchedFile], gone: Iterable[str]) -> None:
    """From now on it is known of `changed`, and of `gone` nothing is. Raises `WarehouseError`."""
    names = [*(file.file for file in changed), *gone]
    if not names:
        return
    tables.ensure(session, WATCHED_FILES)
    with session.transaction(*session.sql.locks.limit_lock_waits()):
        for some in _parts(names):
            session.execute(session.sql.watch.forget_files(some))
        for files in _parts(changed):
            session.execute(session.sql.watch.log_files(files))


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while some := list(islice(left, _AT_ONCE)):
        yield some
