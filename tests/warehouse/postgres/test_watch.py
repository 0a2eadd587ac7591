"""Rounds of the watch on a real server: who hears what, once, and in which words."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.routes import default_places
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.incident import Event
from summary_tables.model.notice import Notice
from summary_tables.model.settings import Settings
from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.made_incidents import recorded
from tests.warehouse.postgres.watch_rounds import Week, at

DAILY = {"schedule": "0 3 * * *", "fresh_by": "06:00"}
LATE = "It was to be there by today at 06:00 UTC, and"
READERS = "Readers have the build of yesterday at 03:00 UTC."


@pytest.fixture
def week(database: Database, tmp_path: Path) -> Iterator[Week]:
    with database.connect() as connection:
        yield Week(configs=tmp_path / "dag_configs", connection=connection, database=database)


def test_a_table_that_is_late_and_comes(week: Week) -> None:
    week.add("mau", **DAILY)
    week.publish("mau", moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    assert week.round(at(1, "05:55")) == []
    running = DagFacts(
        next_run_at=at(2, "03:00"),
        runs=(DagRunFacts(run_id="r", state="running", run_after=at(1, "03:00"), started_at=at(1, "03:00")),),
    )
    assert week.round(at(1, "06:00"), dags={"mau": running}) == [
        f"first: Late: analytics.mau. {LATE} its run has been running for 3 hours. {READERS}"
    ]
    assert week.round(at(1, "06:05"), dags={"mau": running}) == week.round(at(1, "12:00")) == []
    assert week.asked == ["mau"]
    week.publish("mau", moment=at(1, "13:00"), due=at(1, "03:00"))
    assert week.round(at(1, "13:05")) == [
        "recovery: Here again: analytics.mau. Built at 13:00 UTC, 92 rows. It had been late since today at 06:00 UTC. "
        "Readers had yesterday's table."
    ]
    assert week.round(at(1, "13:10")) == []


def test_a_table_that_never_ran_and_one_that_is_paused(week: Week) -> None:
    week.add("new", **DAILY)
    week.add("paused", **DAILY)
    week.add("nobody_asks", schedule="0 3 * * *")
    assert week.round(at(0, "04:00")) == []
    week.publish("paused", moment=at(0, "04:10"))
    assert week.round(at(0, "06:00")) == []
    paused = DagFacts(is_paused=True)
    assert week.round(at(1, "06:00"), dags={"paused": paused}) == [
        f"first: Late: analytics.new. {LATE} Airflow has not started the run. It was never built.",
        f"first: Late: analytics.paused. {LATE} it is paused in Airflow. "
        "Readers have the build of yesterday at 04:10 UTC.",
    ]
    week.add("paused", schedule="0 3 * * *")
    assert week.round(at(1, "09:00")) == []
    assert week.database.value("SELECT closed_at FROM summary_tables.incident_log WHERE table_name = 'paused'")


def test_twenty_tables_that_wait_for_one(week: Week) -> None:
    names = [f"child_{number:02}" for number in range(20)]
    week.add("mau", **DAILY)
    for name in names:
        week.add(name, schedule={"after": ["analytics.mau"]}, fresh_by="06:00")
    week.publish("mau", moment=at(0, "03:00"))
    week.publish(*names, moment=at(0, "03:10"))
    assert week.round(at(0, "07:00")) == []
    shown = ", ".join(f"analytics.{name}" for name in names[:10])
    paused = DagFacts(is_paused=True)
    assert week.round(at(1, "06:00"), dags={"mau": paused}) == [
        f"first: Late: analytics.mau. {LATE} it is paused in Airflow. {READERS} 20 tables wait for it."
    ]
    assert week.asked == ["mau"]
    assert week.round(at(1, "08:00"), dags={"mau": paused}) == []
    week.publish("mau", moment=at(1, "09:00"), due=at(1, "03:00"))
    assert week.round(at(1, "09:05")) == [
        "recovery: Here again: analytics.mau. Built at 09:00 UTC, 92 rows. It had been late since today at 06:00 UTC. "
        "Readers had yesterday's table."
    ]
    week.publish(*names, moment=at(1, "09:10"))
    assert week.round(at(1, "09:15")) == week.round(at(1, "09:20")) == []
    assert week.database.value("SELECT COUNT(*) FROM summary_tables.incident_log WHERE closed_at IS NULL") == 0
    assert shown


def test_tables_that_wait_for_one_of_which_nobody_said_when_it_has_to_be_there(week: Week) -> None:
    week.add("mau", schedule="0 3 * * *")
    for name in ("a", "b", "c"):
        week.add(name, schedule={"after": ["analytics.mau"]}, fresh_by="06:00")
    week.publish("mau", moment=at(0, "03:00"))
    week.publish("a", "b", "c", moment=at(0, "03:10"))
    week.round(at(0, "07:00"))
    assert week.round(at(1, "06:00")) == [
        "first: 3 tables wait for analytics.mau. analytics.mau: Airflow has not started the run. "
        "Late: analytics.a, analytics.b, analytics.c."
    ]
    week.publish("mau", moment=at(1, "09:00"), due=at(1, "03:00"))
    week.publish("a", "b", moment=at(1, "09:10"))
    assert week.round(at(1, "09:15")) == []
    week.publish("c", moment=at(1, "09:20"))
    assert week.round(at(1, "09:25")) == []
    assert week.round(at(1, "09:30")) == [
        "recovery: Here again: the tables that waited for analytics.mau. 3 tables had waited since today at 06:00 UTC."
    ]


def test_airflow_was_down_for_hours(week: Week) -> None:
    names = [f"t{number:02}" for number in range(40)]
    for name in names:
        week.add(name, **DAILY)
    week.publish(*names, moment=at(0, "03:00"))
    week.round(at(0, "07:00"))
    (told,) = week.round(at(1, "09:00"), last_round=at(1, "01:00"))
    assert told.startswith(
        "first: 40 tables are late. Airflow started nothing from today at 01:00 UTC to today at 09:00 UTC: its "
        "scheduler did not run. Late: analytics.t00, analytics.t01,"
    )
    assert told.endswith("analytics.t09, and 30 more.")
    assert week.round(at(1, "09:05")) == []
    week.publish(*names, moment=at(1, "09:06"), due=at(1, "03:00"))
    assert week.round(at(1, "09:10")) == []
    assert week.round(at(1, "09:15")) == [
        "recovery: Here again: the tables that were late. 40 tables had been late since today at 09:00 UTC."
    ]


def test_the_watch_was_paused_and_airflow_was_not(week: Week) -> None:
    week.add("a", **DAILY)
    week.add("b", **DAILY)
    week.add("busy", schedule="@hourly")
    week.publish("a", "b", moment=at(0, "03:00"))
    week.round(at(0, "07:00"))
    week.publish("busy", moment=at(1, "05:00"))
    told = week.round(at(1, "09:00"), last_round=at(1, "01:00"))
    assert told == [
        f"first: Late: analytics.{name}. {LATE} Airflow has not started the run. {READERS}" for name in ("a", "b")
    ]


def test_a_table_that_stays_late_when_the_one_has_come_for_which_it_waited(week: Week) -> None:
    week.add("mau", schedule="0 3 * * *")
    for name in ("a", "b", "c"):
        week.add(name, schedule={"after": ["analytics.mau"]}, fresh_by="06:00")
    week.publish("mau", "a", "b", "c", moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    paused = DagFacts(is_paused=True)
    assert week.round(at(1, "06:00"), dags={"mau": paused}) == [
        "first: 3 tables wait for analytics.mau. analytics.mau: it is paused in Airflow. "
        "Late: analytics.a, analytics.b, analytics.c."
    ]
    week.publish("mau", moment=at(1, "09:00"), due=at(1, "03:00"))
    week.publish("a", "b", moment=at(1, "09:10"), due=at(1, "03:00"))
    assert week.round(at(1, "09:15")) == week.round(at(1, "09:55"), dags={"c": paused}) == []
    assert week.round(at(1, "10:00"), dags={"c": paused}) == [
        f"first: Late: analytics.c. {LATE} it is paused in Airflow. {READERS}"
    ]
    assert week.round(at(1, "10:05"), dags={"c": paused}) == [
        "recovery: Here again: the tables that waited for analytics.mau. 3 tables had waited since today at 06:00 UTC."
    ]
    assert week.asked == ["mau", "c"]
    week.publish("c", moment=at(1, "12:00"), due=at(1, "03:00"))
    assert week.round(at(1, "12:05")) == [
        "recovery: Here again: analytics.c. Built at 12:00 UTC, 92 rows. It had been late since today at 06:00 UTC. "
        "Readers had yesterday's table."
    ]


def test_a_table_that_stays_late_when_airflow_is_back(week: Week) -> None:
    for name in ("a", "b"):
        week.add(name, **DAILY)
    week.publish("a", "b", moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    assert week.round(at(1, "09:00"), last_round=at(1, "02:00")) == [
        "first: 2 tables are late. Airflow started nothing from today at 02:00 UTC to today at 09:00 UTC: its "
        "scheduler did not run. Late: analytics.a, analytics.b."
    ]
    week.publish("a", moment=at(1, "09:10"), due=at(1, "03:00"))
    paused = {"b": DagFacts(is_paused=True)}
    assert week.round(at(1, "09:55"), dags=paused) == []
    assert week.round(at(1, "10:00"), dags=paused) == [
        f"first: Late: analytics.b. {LATE} it is paused in Airflow. {READERS}"
    ]


def test_slack_is_away(week: Week) -> None:
    week.add("mau", **DAILY)
    week.publish("mau", moment=at(0, "03:00"))
    week.round(at(0, "07:00"))
    week.slack.is_away = True
    assert week.round(at(1, "06:00")) == week.round(at(1, "06:05")) == []
    week.slack.is_away = False
    assert week.round(at(1, "06:10")) == [
        f"first: Late: analytics.mau. {LATE} Airflow has not started the run. {READERS}"
    ]


def test_a_table_that_stays_late(week: Week) -> None:
    week.add("mau", **DAILY)
    week.publish("mau", moment=at(0, "03:00"))
    week.round(at(0, "07:00"))
    assert len(week.round(at(1, "06:00"))) == 1
    assert week.round(at(3, "06:00")) == []
    assert week.round(at(4, "06:00")) == [
        "reminder: Still late: analytics.mau. Fourth day. It has been late since Tuesday at 06:00 UTC. "
        "Readers have Monday's table."
    ]
    assert week.round(at(4, "06:05")) == []
    (week.configs / "mau.yaml").unlink()
    assert week.round(at(4, "07:00")) == []
    assert week.database.value("SELECT COUNT(*) FROM summary_tables.incident_log WHERE closed_at IS NULL") == 0


WRONG = "table: mau\nschema: analytics\nmain_sql: SELECT 1 AS one\nouput_check: []\n"
SAID = "dag_configs/mau.yaml:4:1: error[unknown-key] `ouput_check` is not a key of this file; fix: rename it to "


def test_a_broken_file(week: Week) -> None:
    week.add("mau", **DAILY)
    week.publish("mau", moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    week.write("mau.yaml", WRONG)
    assert week.round(at(0, "08:00")) == [
        f"first: Broken file: dag_configs/mau.yaml. {SAID}`output_check`. "
        "Airflow does not run analytics.mau until it is mended."
    ]
    assert week.slack.told[-1].owner == "growth"
    assert week.round(at(0, "08:05")) == []
    week.write("mau.yaml", f"# a comment\n{WRONG}")
    assert week.round(at(0, "08:10")) == []
    week.write("mau.yaml", "table: [\n")
    (told,) = week.round(at(0, "08:15"))
    assert told.startswith("change: Broken file: dag_configs/mau.yaml. dag_configs/mau.yaml:")
    # It is known that it is not built.
    assert week.round(at(1, "07:00")) == []
    week.add("mau", **DAILY)
    assert week.round(at(1, "08:00")) == [
        "recovery: File mended: dag_configs/mau.yaml. Airflow runs analytics.mau again."
    ]
    assert week.round(at(1, "08:05")) == []


def test_a_broken_file_that_is_deleted_and_one_that_was_never_good(week: Week) -> None:
    week.add("mau", **DAILY)
    week.round(at(0, "07:00"))
    week.write("mau.yaml", WRONG)
    week.write("new.yaml", "table: [\n")
    first, second = week.round(at(0, "08:00"))
    assert "dag_configs/mau.yaml" in first
    assert second.startswith("first: Broken file: dag_configs/new.yaml. dag_configs/new.yaml:")
    (week.configs / "mau.yaml").unlink()
    assert week.round(at(0, "08:05")) == [
        "recovery: File deleted: dag_configs/mau.yaml. Nothing builds analytics.mau now."
    ]
    week.add("new")
    assert week.round(at(0, "08:10")) == ["recovery: File mended: dag_configs/new.yaml."]


def test_a_file_whose_name_is_no_text(week: Week) -> None:
    week.add("mau", **DAILY)
    assert week.round(at(0, "07:00")) == []
    Path(os.fsdecode(os.fsencode(week.configs) + b"/b\xff.yaml")).write_text("table: b", "utf-8")
    (broken,) = week.round(at(0, "07:05"))
    assert broken.startswith("first: Broken file: dag_configs/b\\xff.yaml. ")
    assert week.round(at(0, "07:10")) == []


def test_many_files_that_break_at_once(week: Week) -> None:
    week.write("defaults.yaml", "owner: data\n")
    for number in range(6):
        week.add(f"t{number}", **DAILY)
    week.round(at(0, "07:00"))
    for number in range(6):
        week.write(f"t{number}.yaml", f"table: t{number}\nschema: analytics\nmain_sql: SELECT 1 AS one\nwrong: 1\n")
    (told,) = week.round(at(0, "08:00"))
    assert told.startswith(
        "first: 6 files cannot be used. They broke at once, as they do when defaults.yaml changes. The first: "
        "dag_configs/t0.yaml:4:1: error[unknown-key] `wrong` is not a key of this file"
    )
    assert week.round(at(0, "08:05")) == []
    for number in range(10, 15):
        week.write(f"t{number}.yaml", f"table: t{number}\n")
    (told,) = week.round(at(1, "08:00"))
    assert told.startswith("change: 5 files cannot be used. They broke at once,")
    assert told.endswith("Files have been broken since yesterday at 08:00 UTC; this cause is new.")
    assert week.round(at(3, "07:55")) == []
    assert week.round(at(3, "08:00")) == [
        "reminder: Files are still broken. Fourth day. Files have been broken since Monday at 08:00 UTC."
    ]
    assert week.round(at(3, "08:05")) == []
    for number in (*range(6), *range(10, 15)):
        week.add(f"t{number}", **DAILY)
    assert week.round(at(3, "08:10")) == ["recovery: File mended: all files that broke at once."]
    assert week.round(at(3, "08:15")) == []


def test_broken_defaults(week: Week) -> None:
    week.write("defaults.yaml", "owner: data\n")
    for number in range(6):
        week.add(f"t{number}", **DAILY)
    week.round(at(0, "07:00"))
    week.write("defaults.yaml", "ownr: data\n")
    assert week.round(at(0, "08:00")) == [
        "first: Broken file: dag_configs/defaults.yaml. dag_configs/defaults.yaml:1:1: error[unknown-key] `ownr` is "
        "not a key of this file; fix: rename it to `owner`."
    ]
    assert week.round(at(0, "08:05")) == []
    week.write("defaults.yaml", "owner: growth\n")
    assert week.round(at(0, "08:10")) == ["recovery: File mended: dag_configs/defaults.yaml."]


def test_a_promise_or_a_schedule_that_is_new_asks_for_nothing_before_it(week: Week) -> None:
    week.write("defaults.yaml", 'schedule: "0 3 * * *"\n')
    week.add("mau")
    week.publish("mau", moment=at(0, "03:00"))
    assert week.round(at(2, "07:00")) == []
    week.write("defaults.yaml", 'schedule: "0 3 * * *"\nfresh_by: "06:00"\n')
    assert week.round(at(2, "08:00")) == week.round(at(2, "23:00")) == []
    assert len(week.round(at(3, "06:00"))) == 1
    week.publish("mau", moment=at(3, "07:00"), due=at(3, "03:00"))
    assert len(week.round(at(3, "07:05"))) == 1
    week.write("defaults.yaml", 'schedule: "0 1 * * *"\nfresh_by: "02:00"\n')
    assert week.round(at(3, "08:00")) == []


def failed(week: Week, name: str, moment: datetime, schema: str = "analytics") -> None:
    """As if a run had told of it, at the place of all."""
    event = Event(
        kind="failed",
        schema=schema,
        table=name,
        at=moment,
        notice=Notice(sign="!", headline=f"{name} failed", words=f"{name} failed."),
        causes=("create.1",),
        run_id="r",
    )
    recorded(week.connection, event, policy=Policy(places=default_places(Settings())))


def test_a_table_that_fails_hears_of_it_once_and_those_that_wait_hear_with_it_that_it_is_well(week: Week) -> None:
    week.add("mau", **DAILY)
    for name in ("a", "b"):
        week.add(name, schedule={"after": ["analytics.mau"]}, fresh_by="06:00")
    week.publish("mau", moment=at(0, "03:00"))
    week.publish("a", "b", moment=at(0, "03:10"))
    week.round(at(0, "07:00"))
    failed(week, "mau", at(1, "03:05"))
    assert week.round(at(1, "03:10")) == ["first: mau failed."]
    assert week.round(at(1, "06:00")) == [
        "first: 2 tables wait for analytics.mau. analytics.mau: its run failed. Late: analytics.a, analytics.b."
    ]
    week.write("mau.yaml", WRONG)
    assert len(week.round(at(1, "07:00"))) == 1
    week.add("mau", **DAILY)
    assert len(week.round(at(1, "07:05"))) == 1
    week.publish("mau", moment=at(1, "09:00"), due=at(1, "03:00"))
    assert week.round(at(1, "09:05")) == [
        "recovery: Works again: analytics.mau. Built at 09:00 UTC, 92 rows. It had failed since today at 03:05 UTC "
        "(1 run). Readers had yesterday's table."
    ]
    week.publish("a", "b", moment=at(1, "09:10"))
    assert week.round(at(1, "09:15")) == week.round(at(1, "09:20")) == []


def test_a_run_that_failed_and_nobody_said_so(week: Week) -> None:
    week.add("mau", **DAILY)
    week.publish("mau", moment=at(0, "03:00"))
    week.round(at(0, "07:00"))
    run = DagRunFacts(run_id="r", state="failed", run_after=at(1, "03:00"), started_at=at(1, "03:00"))
    assert week.round(at(1, "06:00"), dags={"mau": DagFacts(next_run_at=at(2, "03:00"), runs=(run,))}) == [
        f"first: Late: analytics.mau. {LATE} its run failed. {READERS}"
    ]
    failed(week, "mau", at(1, "06:01"))
    assert week.database.value("SELECT causes FROM summary_tables.incident_log") == (
        '["failed", "waits for *failed", "create.1"]'
    )


def test_a_table_that_failed_and_whose_sheet_is_not_written_yet(week: Week) -> None:
    """The run says that it works again, when it does; the watch only where nobody has."""
    week.add("mau", **DAILY, export={"google_sheet": {"spreadsheet": "1AbCdEfGhIjKlMnOpQrStUvWxYz", "range": "Report"}})
    week.publish("mau", moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    failed(week, "mau", at(1, "03:05"))
    assert week.round(at(1, "03:10")) == ["first: mau failed."]
    week.publish("mau", moment=at(1, "13:00"), due=at(1, "03:00"))
    assert week.round(at(1, "13:05")) == week.round(at(1, "15:55")) == []
    assert week.round(at(1, "16:00")) == [
        "recovery: Works again: analytics.mau. Built at 13:00 UTC, 92 rows. It had failed since today at 03:05 UTC "
        "(1 run). Readers had yesterday's table."
    ]


def test_a_table_that_is_late_and_fails_and_need_not_be_there_any_more(week: Week) -> None:
    """It still fails."""
    week.add("mau", **DAILY)
    week.publish("mau", moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    assert len(week.round(at(1, "06:00"))) == 1
    failed(week, "mau", at(1, "06:05"))
    week.add("mau", schedule="0 3 * * *")
    assert len(week.round(at(1, "06:10"))) == 1
    week.publish("mau", moment=at(1, "13:00"), due=at(1, "03:00"))
    assert week.round(at(1, "13:05")) == [
        "recovery: Here again: analytics.mau. Built at 13:00 UTC, 92 rows. It had been late since today at 06:00 UTC "
        "(1 failed run). Readers had yesterday's table."
    ]


def test_a_dbt_project_that_fails(week: Week) -> None:
    """It stays what it is until its run says otherwise; and its file is one as any other."""
    project = 'dbt: {project: shop}\nschedule: "0 3 * * *"\nowner: growth\n'
    week.write("defaults.yaml", 'fresh_by: "06:00"\n')
    week.write("shop.yaml", project)
    (week.configs.parent / "shop").mkdir()
    (week.configs.parent / "shop" / "dbt_project.yml").write_text("name: shop", "utf-8")
    assert week.round(at(0, "07:00")) == []
    failed(week, "shop", at(1, "03:05"), schema="dbt project")
    assert week.round(at(1, "03:10")) == ["first: shop failed."]
    assert week.round(at(1, "07:00")) == []
    assert week.round(at(4, "03:05")) == [
        "reminder: Still failing: dbt project shop. Fourth day, 1 run. It has been failing since Tuesday at 03:05 UTC."
    ]
    week.write("shop.yaml", project + "to: me\n")
    (broken,) = week.round(at(4, "03:10"))
    assert broken.endswith(" Airflow does not run dbt project shop until it is mended.")
    week.write("shop.yaml", project)
    assert week.round(at(4, "03:15")) == [
        "recovery: File mended: dag_configs/shop.yaml. Airflow runs dbt project shop again."
    ]
    (week.configs / "shop.yaml").unlink()
    assert week.round(at(4, "03:20")) == []
    assert week.database.value("SELECT closed_at FROM summary_tables.incident_log WHERE kind = 'failed'")


def test_tables_that_wait_for_days_for_one_that_nobody_promised(week: Week) -> None:
    week.add("mau", schedule="0 3 * * *")
    for name in ("a", "b"):
        week.add(name, schedule={"after": ["analytics.mau"]}, fresh_by="06:00")
    week.publish("mau", "a", "b", moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    paused = {"mau": DagFacts(is_paused=True)}
    assert len(week.round(at(1, "06:00"), dags=paused)) == 1
    assert week.round(at(4, "05:55"), dags=paused) == []
    assert week.round(at(4, "06:00"), dags=paused) == [
        "reminder: Tables still wait for analytics.mau. Fourth day. They have been late since Tuesday at 06:00 UTC."
    ]
    assert week.round(at(4, "06:05"), dags=paused) == []


def test_many_tables_that_are_paused_for_days(week: Week) -> None:
    names = ("a", "b", "c", "d", "e")
    for name in names:
        week.add(name, **DAILY)
    week.publish(*names, moment=at(0, "03:00"))
    assert week.round(at(0, "07:00")) == []
    paused = dict.fromkeys(names, DagFacts(is_paused=True))
    assert len(week.round(at(1, "06:00"), dags=paused)) == 1
    assert week.round(at(4, "06:00"), dags=paused) == [
        "reminder: Tables are still late. Fourth day. They have been late since Tuesday at 06:00 UTC."
    ]
