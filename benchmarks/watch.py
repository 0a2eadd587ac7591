"""What a round of the watch costs for 1,000 and for 5,000 tables: seconds of CPU, and statements sent to the warehouse.

Airflow itself is not in it: the start of a task costs the same whatever the task does.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from benchmarks.machine import machine
from benchmarks.made_history import SCHEMA, Scale, fill_logs, table_name
from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.alerts.deliver import deliver
from summary_tables.alerts.record import record
from summary_tables.alerts.watch.folder import look
from summary_tables.alerts.watch.see import answer, events, see, told_there
from summary_tables.configs.known_good import known_good
from summary_tables.lint.build_check import check_folder
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.incident import Answer, Message, Told
from summary_tables.model.settings import Warehouse
from summary_tables.warehouse.logs.watched_files import keep_files, watched_files
from summary_tables.warehouse.session.session import Session, open_session

SIZES = tuple(map(int, sys.argv[1:])) or (1_000, 5_000)
RUNS = 30
WAREHOUSE = Warehouse()
_FIVE_MINUTES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one round, in this process."""

    what: str
    cpu_seconds: float
    statements: int
    seconds: float


def main() -> None:
    """Prints a table."""
    print(*machine(("psycopg", "pyyaml")), "", sep="\n")
    print(f"{'tables':>7}  {'round':44} {'CPU s':>7} {'seconds':>8} {'statements':>11}")
    for size in SIZES:
        for cost in rounds(size):
            print(f"{size:>7,}  {cost.what:44} {cost.cpu_seconds:>7.2f} {cost.seconds:>8.2f} {cost.statements:>11,}")
            sys.stdout.flush()


def rounds(size: int) -> Iterator[Cost]:
    """The first, one in which nothing has changed, one file changed, and all tables late for the same cause."""
    with tempfile.TemporaryDirectory() as place, EmbeddedPostgres(Path(place, "postgres")) as server:
        folder = Path(place, "dag_configs")
        now = datetime.now(UTC).replace(hour=5, minute=0, second=0, microsecond=0)
        write(folder, size)
        with server.connect() as connection:
            connection.execute("CREATE SCHEMA summary_tables; CREATE SCHEMA analytics")
            fill_logs(connection, Scale(tables=size, runs=RUNS, until=now), WAREHOUSE)
            yield one_round("the first: all files are checked", folder, connection, now)
            remember(folder, Path(place, "memory"))
            yield one_round("nothing has changed", folder, connection, now)
            (folder / f"{table_name(0)}.yaml").write_text(text(0).replace("SELECT 1", "SELECT 2"))
            memory = Path(place, "memory")
            yield one_round("one file has changed, others are remembered", folder, connection, now, memory)
            late = now + timedelta(days=1, hours=3)
            connection.execute("UPDATE summary_tables.watched_files SET known_at = known_at - INTERVAL '9 days'")
            yield one_round("all are late, for one cause", folder, connection, late)
            yield one_round("all are late, and that was told", folder, connection, late + _FIVE_MINUTES)


def write(folder: Path, size: int) -> None:
    """A table that is built each day, and all others wait for it."""
    folder.mkdir()
    (folder / "defaults.yaml").write_text("owner: growth\nfresh_by: '06:00'\n")
    for number in range(size):
        (folder / f"{table_name(number)}.yaml").write_text(text(number))


def text(number: int) -> str:
    """The file of one of them."""
    schedule = '"0 3 * * *"' if number == 0 else f"{{after: [{SCHEMA}.{table_name(0)}]}}"
    return (
        f"table: {table_name(number)}\nschema: {SCHEMA}\ndescription: Table {number}.\nschedule: {schedule}\n"
        "main_sql: |\n  SELECT 1 AS one\noutput_check:\n  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}\n"
        "    count: 1\n"
    )


def remember(folder: Path, place: Path) -> None:
    """As Airflow's DAG processor does."""
    memory = known_good(place, folder)
    check_folder(folder, memory)
    if memory:
        memory.save()


def one_round(
    what: str, folder: Path, connection: psycopg.Connection, now: datetime, memory: Path | None = None
) -> Cost:
    """What `airflow.watch.round` does, without Airflow."""
    with counted() as statements, open_session(connection, WAREHOUSE) as session:
        cpu, began = time.process_time(), time.monotonic()
        found = look(folder, watched_files(session), now, known_good(memory, folder))
        keep_files(session, found.changed, found.gone)
        answers = {found.conn_id: answer(session)}
        seen = see(found, answers, now, last_round=now - _FIVE_MINUTES, ask=lambda *_: DagFacts(is_paused=True))
        for each in events(seen, told_there({found.conn_id: session}, seen)):
            record(session, each.event, each.policy, now)
        deliver(session, lambda: now, _tell)
        return Cost(
            what=what,
            cpu_seconds=time.process_time() - cpu,
            seconds=time.monotonic() - began,
            statements=statements[0],
        )


def _tell(_: Message) -> Answer:
    return Told()


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many statements any session sends meanwhile, those that begin and end a transaction among them."""
    count, run = [0], Session._run

    def counting(self: Session, statement: str, query: str) -> psycopg.Cursor:
        count[0] += 1
        return run(self, statement, query=query)

    Session._run = counting  # type: ignore[method-assign]  # put back below
    try:
        yield count
    finally:
        Session._run = run  # type: ignore[method-assign]  # as it was


if __name__ == "__main__":
    main()
