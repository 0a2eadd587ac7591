"""The clocks of this machine, of the warehouse and of Airflow's database agree."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup
from summary_tables.text.durations import duration_text

_MOST = timedelta(seconds=5)


def _findings(setup: Setup) -> Iterator[Finding]:
    for conn_id, (_, answer) in setup.answers.items():
        whose = f"the warehouse of the connection `{conn_id}`" if conn_id else "the warehouse"
        yield from _compared(whose, answer.began, answer.now, answer.ended)
    if setup.report and (database := setup.report.database):
        yield from _compared("Airflow's database", database.began, database.now, database.ended)


def _compared(whose: str, began: datetime, now: datetime, ended: datetime) -> Iterator[Finding]:
    ahead = max(began - now, now - ended)
    if ahead > _MOST:
        how = "behind" if now < began else "ahead of"
        yield Finding(
            what=f"The clock of {whose} is {duration_text(ahead.total_seconds())} {how} this machine's.",
            fix="have both set by the same time server (chrony, systemd-timesyncd)",
        )


CHECK = Check(name="clocks", group="Clocks and zones", findings=_findings)
