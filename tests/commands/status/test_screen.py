"""How everything stands, on one screen and as JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summary_tables.catalog.entry import Declaration, Entry, State, TableState
from summary_tables.commands.status.screen import document, screen
from summary_tables.commands.status.standing import AirflowStanding, Standing
from summary_tables.configs.config import Config
from summary_tables.model.incident import Incident
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from tests.golden_files import assert_golden

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HEALTH = {"metadatabase": "healthy", "scheduler": "healthy", "triggerer": None, "dag_processor": "healthy"}


def entry(name: str, state: State, sentence: str = "Fresh: built today at 03:00 UTC", hours: int = 0) -> Entry:
    since = NOW - timedelta(hours=hours) if hours else None
    return Entry(full_name=f"analytics.{name}", state=TableState(state=state, sentence=sentence, since=since))


def incident(table: str, **facts: object) -> Incident:
    opened = NOW - timedelta(days=2, hours=3)
    made = Incident(
        incident_id="1",
        schema="analytics",
        table=table,
        kind="failed",
        about="build",
        opened_at=opened,
        seen_at=NOW,
        reason="expected at least 12, got 7",
        failed_runs=3,
    )
    return replace(made, **facts)  # type: ignore[arg-type]  # the fields that a test names


WELL = Standing(
    read_at=NOW,
    entries=(entry("mau_summary", "fresh"), entry("매출", "paused", "Paused in Airflow: no run starts by itself")),
    airflow=AirflowStanding(health=HEALTH, going_on={"queued": 1, "running": 2}),
    incidents=(),
)
UNWELL = replace(
    WELL,
    entries=(
        *WELL.entries,
        entry("nps_summary", "failing", "Failing since Friday at 03:00 UTC: expected at least 12 rows, got 7", 57),
        *(entry(f"late_{number}", "late", "Late: due today at 03:00 UTC", 9) for number in range(12)),
    ),
    airflow=AirflowStanding(
        health={**HEALTH, "scheduler": "unhealthy", "triggerer": "unhealthy"},
        import_errors=(("config_problems.py", "dag_configs/x.yaml:2:1: unknown key `tabel`\n  more"),),
        watch="summary_tables_watch is paused: nobody hears of tables that are late",
        going_on={},
    ),
    incidents=(incident("nps_summary"), incident("late_1", kind="late", failed_runs=0)),
)
STANDINGS = {
    "all is well": WELL,
    "nothing is well": UNWELL,
    "a run failed before any was published": replace(
        WELL, incidents=(incident("매출", reason="It waited 12 hours (`wait_hours`) for what did not come."),)
    ),
    "a table waits, and no triggerer was ever there": replace(
        WELL, airflow=AirflowStanding(health=HEALTH, going_on={"running": 1}, waits=True)
    ),
    "only the logs were asked": replace(WELL, airflow=None),
    "only Airflow was asked, without a login": replace(WELL, airflow=AirflowStanding(health=HEALTH), incidents=None),
    "neither answers": replace(
        WELL,
        airflow=AirflowStanding(problem="No answer of Airflow at http://airflow:8080: Connection refused."),
        incidents=None,
        warehouse_problem="No connection to the warehouse: nothing listens there.",
    ),
}


def test_screens() -> None:
    chapters = [f"# {name}\n\n{screen(standing)}" for name, standing in STANDINGS.items()]
    assert_golden("commands/status.txt", "\n".join(chapters))


def test_an_incident_is_told_in_the_zone_of_its_table() -> None:
    table = SummaryTable(table="nps", schema="analytics", main_sql="SELECT 1 AS one", timezone="Asia/Seoul")
    config = Config(table=table, settings=Settings(), path=Path("nps.yaml"))
    fresh = replace(entry("nps", "fresh"), declaration=Declaration(file="nps.yaml", config=config))
    said = screen(replace(WELL, entries=(fresh,), incidents=(incident("nps", failed_runs=1),)))
    assert "analytics.nps: failed since 2026-11-27 18:00 Asia/Seoul, 2 days, 1 failed run\n" in said


def test_json() -> None:
    assert_golden("commands/status.json.txt", document(replace(UNWELL, entries=UNWELL.entries[:3])))
    for standing in STANDINGS.values():
        assert json.loads(document(standing))["is_well"] == standing.is_well


def test_it_fits_a_terminal() -> None:
    assert len(screen(UNWELL).splitlines()) <= 40
