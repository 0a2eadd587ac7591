"""Tables that read each other, built in one scratch on a real server."""

from functools import partial
from pathlib import Path
from typing import Any

from summary_tables.checks import SqlCount
from summary_tables.configs.config import Config
from summary_tables.model.failure import Refusal
from summary_tables.model.settings import Settings
from summary_tables.model.table import Index, SummaryTable
from summary_tables.runs.build_step import build
from summary_tables.runs.check_step import checked
from summary_tables.runs.run import Run
from summary_tables.runs.scratch.chain import Chain
from summary_tables.runs.scratch.scratch_session import scratch_session
from summary_tables.runs.scratch.scratch_table import ScratchTable, fill, scratch_table
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, WAREHOUSE, Database, table_with
from tests.warehouse.postgres.previews import DATES


def table(name: str, sql: str, **values: Any) -> SummaryTable:
    return table_with(table=name, main_sql=sql, **values)


def built(database: Database, *tables: SummaryTable, role: str = BUILDER) -> list[int | str]:
    """The rows of each table, or why it was not built, and how its checks end."""
    found: list[int | str] = []
    with database.connect(role) as connection:
        sessions = partial(open_session, connection, WAREHOUSE)
        with sessions() as session, scratch_session(session) as scratch:
            chain = Chain(scratch)
            for each in tables:
                config = Config(table=each, settings=Settings(), path=Path(f"dag_configs/{each.table}.yaml"))
                run = chain.run(Run(config=config, dates=DATES, open_session=sessions))
                sql = run.sent(each.main_sql)
                filled: ScratchTable | Refusal = sql if isinstance(sql, Refusal) else build(run, sql, fill)
                if isinstance(filled, Refusal):
                    found.append(filled.error)
                    continue
                checks = (*checked(run, "input_check"), *checked(run, "output_check", scratch_table(scratch)))
                found += [filled.rows, *(check.error or check.actual for check in checks)]
                chain.keep(each.full_name)
    return found


DAYS = table("days", "SELECT day, count(*) AS n FROM raw_data.events GROUP BY day", indexes=(Index(columns=("day",)),))


def test_each_reads_those_before_it(database: Database) -> None:
    weeks = table(
        "weeks",
        "SELECT days.day / 7 AS week, sum(days.n) AS n, count(*) FROM analytics.days GROUP BY 1",
        input_check=(SqlCount(sql="SELECT COUNT(*) FROM analytics.days", count=50),),
        output_check=(SqlCount(sql="SELECT COUNT(*) FROM {schema}.temp_{table}", count=8),),
        indexes=(Index(columns=("week",)),),
    )
    total = table("total", "SELECT sum(w.n) AS n FROM analytics.weeks w JOIN analytics.days d ON d.day = w.week")
    assert built(database, DAYS, weeks, total) == [50, 8, "50", "8", 1]
