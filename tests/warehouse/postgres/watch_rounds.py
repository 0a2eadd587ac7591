"""A folder of configs, a warehouse and a Slack, and the rounds of the watch over them; Airflow is made up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from summary_tables.alerts.deliver import deliver
from summary_tables.alerts.record import record
from summary_tables.alerts.watch.folder import look
from summary_tables.alerts.watch.see import answer, events, see, told_there
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.logs import BUILD_LOG
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.watched_files import keep_files, watched_files
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.session import Session, open_session
from tests.warehouse.postgres.database import WAREHOUSE, Database
from tests.warehouse.postgres.made_incidents import Slack

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
NO_DAGS: Mapping[str, DagFacts] = MappingProxyType({})


def at(day: int, clock: str) -> datetime:
    """On the `day`-th day from Monday, 0 itself."""
    hour, minute = map(int, clock.split(":"))
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


@dataclass(kw_only=True)
class Week:
    """`configs` is the folder; `asked` are the tables of which Airflow was asked."""

    configs: Path
    connection: Connection
    database: Database
    slack: Slack = field(default_factory=Slack)
    asked: list[str] = field(default_factory=list)
    _heard: int = 0

    def add(self, name: str, **keys: Any) -> None:
        """Writes a file."""
        data = {"table": name, "schema": "analytics", "main_sql": "SELECT 1 AS one", "owner": "growth", **keys}
        self.write(f"{name}.yaml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    def write(self, file: str, text: str) -> None:
        self.configs.mkdir(exist_ok=True)
        (self.configs / file).write_text(text, "utf-8")

    def publish(self, *names: str, moment: datetime, due: datetime | None = None) -> None:
        """As if a run had: only the log knows."""
        with open_session(self.connection, WAREHOUSE) as session:
            tables.ensure(session, BUILD_LOG)
        for name in names:
            values = {
                "schema_name": "'analytics'",
                "table_name": f"'{name}'",
                "version_name": f"'{name}__{moment:%d%H%M}'",
                "run_id": f"'run of {moment:%a %H:%M}'",
                "try_number": "1",
                "run_at": f"'{due or moment}'",
                "started_at": f"'{moment}'",
                "built_at": f"'{moment}'",
                "published_at": f"'{moment}'",
                "row_count": "92",
                "column_names": "'[]'",
            }
            self.database.admin(
                f"INSERT INTO summary_tables.build_log ({', '.join(values)}) VALUES ({', '.join(values.values())})"
            )

    def round(
        self, now: datetime, *, last_round: datetime | None = None, dags: Mapping[str, DagFacts] = NO_DAGS
    ) -> list[str]:
        """What people hear in it, each with its kind. `last_round`: five minutes ago, where nobody says."""
        with open_session(self.connection, WAREHOUSE) as session:
            self._watch(session, now, last_round or now - timedelta(minutes=5), dags)
            deliver(session, lambda: now + timedelta(seconds=1), self.slack.tell)
        return self.heard()

    def heard(self) -> list[str]:
        """Since it was asked last."""
        told = self.slack.told[self._heard :]
        self._heard = len(self.slack.told)
        return [f"{message.kind}: {message.notice.words}" for message in told]

    def _watch(self, session: Session, now: datetime, last_round: datetime, dags: Mapping[str, DagFacts]) -> None:
        def ask(config: Any, due_at: datetime) -> DagFacts | None:
            self.asked.append(config.table.table)
            return dags.get(config.table.table, DagFacts(next_run_at=due_at))

        found = look(self.configs, watched_files(session), now)
        keep_files(session, found.changed, found.gone)
        seen = see(found, {"warehouse": answer(session)}, now, last_round=last_round, ask=ask)
        for place, each in enumerate(events(seen, told_there({"warehouse": session}, seen))):
            record(session, each.event, each.policy, now + place * timedelta(microseconds=1))
