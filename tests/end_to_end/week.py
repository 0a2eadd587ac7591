"""Days that pass in seconds: what the logs and Airflow know becomes older, and the clocks stay what they are."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psutil

from demo.airflow_environment import METADATA_DATABASE
from summary_tables.model.logs import INCIDENT_LOG, LOGS, MESSAGE_LOG, WATCHED_FILES
from tests.conftest import REPOSITORY
from tests.end_to_end.deployment import WATCH_FILE, Deployment
from tests.end_to_end.growing_tables import Schedule
from tests.fake_slack_api import PostedMessage

WATCH = "summary_tables_watch"
_SELDOM = "from summary_tables.airflow.watch import dag\ndag._EVERY = {cron!r}\n"
_DAY = r"(?:today|yesterday|tomorrow|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{4}-\d\d-\d\d)"
_TIMES = (
    (rf"{_DAY} at \d\d:\d\d UTC", "<time>"),
    (rf"{_DAY}'s table", "<day>'s table"),
    # Days begin at midnight, which may lie between two messages.
    (r"\b(?:Second|Third) day\b", "<next> day"),
    (rf"the table of {_DAY}", "the table of <day>"),
    (r"\d\d:\d\d UTC", "<clock>"),
    (r"\d{4}-\d\d-\d\d <clock>", "<time>"),
)


@dataclass(kw_only=True)
class Week:
    """`story` is what people heard, and what happened in between.

    The watch looks only when it is told to: a round of its own, between two changes that belong together, would be
    another story.
    """

    airflow: Deployment
    story: list[str] = field(default_factory=list)
    _told: int = 0
    _posted: int = 0
    _marks: set[str] = field(default_factory=set)

    @property
    def due(self) -> dict[str, str]:
        """Of a table that was due two hours ago and has to be there since one."""
        now = datetime.now(UTC)
        due, by = now - timedelta(hours=2), now - timedelta(hours=1)
        return {"schedule": f"{due.minute} {due.hour} * * *", "fresh_by": f"{by:%H:%M}"}

    def begin_watch(self) -> None:
        """Waits for the round that Airflow starts when it sees the watch first."""
        text = (REPOSITORY / "dags" / WATCH_FILE).read_text("utf-8")
        (self.airflow.root / "dags" / WATCH_FILE).write_text(_SELDOM.format(cron=Schedule.far_from_now().cron) + text)
        self.airflow.has_dags(WATCH)
        assert self.airflow.new_run(WATCH, set()).state == "success"

    def happens(self, what: str) -> None:
        self.story.append(f"== {what}")

    def round(self) -> None:
        """One of the watch; what people hear in it goes into the story."""
        before = {run.run_id for run in self.airflow.api.runs(WATCH)}
        # Each follows the one before, as those of its schedule do.
        self.airflow.api.send("POST", f"/dags/{WATCH}/dagRuns", {"logical_date": datetime.now(UTC).isoformat()})
        assert self.airflow.new_run(WATCH, before).state == "success"
        self.hear()

    def hear(self, messages: int = 0) -> None:
        """Waits for so many, and writes down all that came."""
        self.airflow.wait(lambda: self._new() >= messages, f"{messages} messages")
        # Others may come at any moment.
        told, posted = [*self.airflow.slack.messages], [*self.airflow.slack.api.posted]
        self.story += [f"webhook: {_timeless(each['text'])}" for each in told[self._told :]]
        below = {each.ts: f', below "{_beginning(each)}"' for each in posted}
        for each in posted[self._posted :]:
            self.story.append(_timeless(f"bot{below.get(each.thread, '')}: {each.text}"))
        marks = {f"{_beginning(each)} with {name}" for each in posted for name in [*each.reactions]}
        self.story += [f"bot marks {_timeless(mark)}" for mark in sorted(marks - self._marks)]
        self._told, self._posted, self._marks = len(told), len(posted), marks

    def _new(self) -> int:
        slack = self.airflow.slack
        return len(slack.messages) - self._told + len(slack.api.posted) - self._posted

    def days_pass(self, days: float = 1, *, logs: bool = True, watch: bool = False) -> None:
        """Of what the logs know, and of the runs of the watch."""
        span = f"INTERVAL '{days * 24:.3f} hours'"
        for log in LOGS if logs else ():
            moments = [name for name in log.columns if name.endswith(("_at", "_start", "_end"))]
            changes = ", ".join(f"{name} = {name} - {span}" for name in moments)
            if changes and self._is_there(log.name):
                self.airflow.execute(f"UPDATE summary_tables.{log.name} SET {changes}")
        if watch:
            with self.airflow.server.connect(METADATA_DATABASE) as session:
                session.execute(
                    f"UPDATE dag_run SET logical_date = logical_date - {span}, start_date = start_date - {span}, "
                    f"end_date = end_date - {span} WHERE dag_id = '{WATCH}'".encode()
                )

    def forget(self) -> None:
        """What other tests have left to be told."""
        for log in (INCIDENT_LOG, MESSAGE_LOG, WATCHED_FILES):
            if self._is_there(log.name):
                self.airflow.execute(f"DELETE FROM summary_tables.{log.name}")

    def _is_there(self, log: str) -> bool:
        return bool(self.airflow.query(f"SELECT 1 WHERE to_regclass('summary_tables.{log}') IS NOT NULL"))

    def failed_runs(self, table: str) -> int:
        """Of what is wrong with a table now."""
        if not self._is_there("incident_log"):
            return 0
        found = self.airflow.query(
            "SELECT failed_runs FROM summary_tables.incident_log "
            f"WHERE table_name = '{table}' AND about = 'build' AND closed_at IS NULL"
        )
        return int(found[0][0]) if found else 0

    def is_recorded(self, kind: str, table: str) -> bool:
        """A message of the kind is to be told."""
        return bool(
            self.airflow.query(
                f"SELECT 1 FROM summary_tables.message_log WHERE kind = '{kind}' AND table_name = '{table}'"
            )
        )

    def fail(self, table: str, runs: int) -> None:
        """A run that fails, the `runs`-th in a row."""
        assert self.airflow.run(table).state == "failed"
        self.airflow.wait(lambda: self.failed_runs(table) == runs, f"The incident of {table}")

    def pause(self, dag_id: str, *, is_paused: bool) -> None:
        self.airflow.api.send("PATCH", f"/dags/{dag_id}", {"is_paused": is_paused})

    def kill_scheduler(self) -> None:
        """`kill -9`, of it and of all that it started."""
        found = [each for each in psutil.process_iter(["cmdline"]) if _is_scheduler(each, str(self.airflow.root))]
        for process in found:
            process.kill()
        self.airflow.services.await_end("scheduler")

    def start_scheduler(self) -> None:
        self.airflow.services.start("scheduler")
        self.airflow.wait(self.airflow.api.is_healthy, "The scheduler")


def _is_scheduler(process: psutil.Process, root: str) -> bool:
    try:
        return "scheduler" in " ".join(process.info["cmdline"] or ()) and root in process.environ().get(
            "AIRFLOW_HOME", ""
        )
    except psutil.Error:
        return False


def _beginning(message: PostedMessage) -> str:
    """Without whom it calls."""
    return message.text.partition(" failed")[0].rpartition("> ")[2]


def _timeless(text: str) -> str:
    for pattern, word in _TIMES:
        text = re.sub(pattern, word, text)
    return text


def switch(week: Week, table: str, rows: int) -> None:
    """How many rows the table's source has."""
    week.airflow.execute(f"UPDATE raw_data.week SET rows = {rows} WHERE name = '{table}'")


def config(table: str, **more: Any) -> dict[str, Any]:
    """Of a table that has as many rows as its switch says."""
    query = f"SELECT n FROM generate_series(1, (SELECT rows FROM raw_data.week WHERE name = '{table}')) AS n"
    return {"main_sql": query, "schedule": "none", "output_check": [{"row_count": {"min": 3}}], **more}
