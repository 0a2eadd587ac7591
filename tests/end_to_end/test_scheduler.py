"""What happens to tables, readers and Slack when Airflow's own scheduler does the work."""

import json
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import psutil
import pytest

from demo import airflow_environment
from demo.rest_client import Run
from tests.end_to_end import dbt_shop
from tests.end_to_end.backfill import BackfilledRun, backfill_by_api, backfill_by_command, close_backfill, ended_runs
from tests.end_to_end.deployment import Deployment, kill_task
from tests.end_to_end.growing_tables import (
    Schedule,
    add_growing_tables,
    changed,
    expected_tables,
    fill_source,
    found_tables,
    orders,
)
from tests.fake_google.grid import Tab
from tests.fake_google.server import SPREADSHEET
from tests.fake_slack import TOKEN
from tests.golden_files import assert_golden

# Seconds on a machine of its own; other tests at work make minutes of them.
pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(3600)]

ENDLESS = "SELECT 1 AS one, pg_sleep(3600)::text AS slept"
RUNNING = "SELECT pid, query_start FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'INSERT INTO pg_temp%'"

TRAP = "import airflow, pathlib\nfrom airflow.sdk import DAG\npathlib.Path({marker!r}).write_text('executed')\n"


def shown_note(airflow: Deployment, run: Run) -> str:
    """What stands beside the run in Airflow, with any time that it took as `0.0 s`."""
    note = airflow.api.get(f"/dags/{run.dag_id}/dagRuns/{quote(run.run_id)}")["note"]
    return re.sub(r"\b(\d+ min )?[\d.]+ s\b", "0.0 s", note or "")


def test_input_cut_short_builds_nothing_and_tells_slack_once(airflow: Deployment) -> None:
    airflow.add("nps_summary", schedule="none", retries=1)
    airflow.has_dags("nps_summary")
    assert shown_note(airflow, airflow.run("nps_summary")) == "Published 92 rows in 0.0 s; 2 checks passed."
    (source,) = airflow.api.get("/assets?name_pattern=raw_data.nps%20(source)")["assets"]
    assert [(task["dag_id"], task["task_id"]) for task in source["consuming_tasks"]] == [("nps_summary", "publish")]
    assert airflow.messages_about("nps_summary") == []
    before = airflow.query("SELECT * FROM analytics.nps_summary ORDER BY 1")
    airflow.execute("CREATE TABLE raw_data.kept AS SELECT * FROM raw_data.nps WHERE id > 100000")
    airflow.execute("DELETE FROM raw_data.nps WHERE id > 100000")
    try:
        run = airflow.run("nps_summary")
        assert airflow.query("SELECT COUNT(1) FROM raw_data.nps") == [(100_000,)]
        airflow.wait(lambda: airflow.messages_about("nps_summary"), "A message in Slack")
        airflow.settle()
        states = airflow.states(run)
    finally:
        airflow.execute("INSERT INTO raw_data.nps SELECT * FROM raw_data.kept; DROP TABLE raw_data.kept")
    assert states == {
        "input_check.at_least_rows_in_raw_data_nps": "failed",
        "create": "upstream_failed",
        "output_check.at_least_rows": "upstream_failed",
        "publish": "upstream_failed",
    }
    assert airflow.query("SELECT * FROM analytics.nps_summary ORDER BY 1") == before
    assert shown_note(airflow, run) == (
        'Input check "at least 150,000 rows in raw_data.nps" of analytics.nps_summary failed: '
        "expected at least 150,000, got 100,000."
    )
    (message,) = airflow.messages_about("nps_summary")
    assert message["text"].startswith(
        'Input check "at least 150,000 rows in raw_data.nps" of analytics.nps_summary failed: '
        "expected at least 150,000, got 100,000. The live table was not changed: it holds the build of "
    )
    assert "https://git.example.com/tables/blob/main/dag_configs/nps_summary.yaml#L" in str(message["blocks"])
    assert "try 2 of 2" in str(message["blocks"])
    logs = airflow.logs()
    # The log is JSON, and its message has lines.
    told = json.dumps(message["text"], ensure_ascii=False)[1:-1]
    assert any(told in text.replace(r"\n", " ") for text in logs.values())
    assert [path for path, text in logs.items() if TOKEN in text] == []


def test_killed_task_process_tells_slack_once(airflow: Deployment) -> None:
    airflow.add("slow", main_sql="SELECT 1 AS one, pg_sleep(3600)::text AS slept", retries=0)
    airflow.has_dags("slow")
    airflow.api.trigger("slow")
    airflow.wait(lambda: airflow.states(airflow.api.runs("slow")[0]).get("create") == "running", "The step create")
    sleeping = "FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid() AND state = 'active'"
    airflow.wait(lambda: airflow.query(f"SELECT 1 {sleeping}"), "The query")
    run = airflow.api.runs("slow")[0]
    kill_task(airflow, run, "create")
    airflow.wait(lambda: airflow.messages_about("slow"), "A message in Slack")
    airflow.settle()
    airflow.query(f"SELECT pg_terminate_backend(pid) {sleeping}")
    (message,) = airflow.messages_about("slow")
    assert message["text"] == (
        "Building analytics.slow failed: the step `create` ended before it could say why: its process was killed, ran "
        "out of memory or lost its machine, its file was broken when it began, or someone marked it as failed. "
        "The live table was not changed."
    )


def test_a_warehouse_that_is_away_is_told_once_and_so_is_that_the_table_works_again(airflow: Deployment) -> None:
    """What happened is kept in Airflow by the process that calls the callbacks, for the task that publishes."""
    defaults = airflow.configs / "defaults.yaml"
    before = defaults.read_text()
    nowhere = {"connection_id": "elsewhere", "conn_type": "postgres", "host": "127.0.0.1", "port": 1}
    there = json.loads(airflow_environment.warehouse_connection(airflow.server, airflow.roles))
    defaults.write_text(f"{before}conn_ids: [warehouse, elsewhere]\n")
    airflow.api.send("POST", "/connections", nowhere)
    try:
        airflow.add("moved", conn_id="elsewhere", retries=0)
        airflow.has_dags("moved")
        assert [airflow.run("moved").state for _ in range(2)] == ["failed"] * 2
        airflow.wait(lambda: airflow.messages_about("moved"), "A message in Slack")
        airflow.wait(lambda: kept(airflow) == {"summary_tables.kept.analytics.moved": 2}, "Both failures to be kept")
        assert len(airflow.messages_about("moved")) == 1
        airflow.api.send("PATCH", "/connections/elsewhere", {"connection_id": "elsewhere", **there})
        assert airflow.run("moved").state == "success"
        airflow.wait(lambda: len(airflow.messages_about("moved")) == 2, "That it works again")
        assert kept(airflow) == {}
    finally:
        (airflow.configs / "moved.yaml").unlink(missing_ok=True)
        defaults.write_text(before)
    failed, works = (message["text"] for message in airflow.messages_about("moved"))
    assert failed.startswith("Building analytics.moved failed: Airflow could not connect to the warehouse")
    assert works.startswith("Works again: analytics.moved. Built at ")
    assert works.endswith(" (2 runs).")


def kept(airflow: Deployment) -> dict[str, int]:
    """How many failures each of Airflow's Variables holds."""
    variables = airflow.api.get("/variables")["variables"]
    return {each["key"]: len(json.loads(each["value"])) for each in variables}


def test_step_that_a_person_clears_or_fails_ends_its_query_and_leaves_nothing(airflow: Deployment) -> None:
    airflow.add("endless", main_sql=ENDLESS, retries=0)
    airflow.has_dags("endless")
    airflow.api.trigger("endless")
    first = running_query(airflow)
    (run,) = airflow.api.runs("endless")
    step = {"dry_run": False, "only_failed": False, "dag_run_id": run.run_id, "task_ids": ["create"]}
    airflow.api.send("POST", "/dags/endless/clearTaskInstances", step)
    await_end(airflow, first)

    second = running_query(airflow)
    airflow.api.send("PATCH", f"/dags/endless/dagRuns/{quote(run.run_id)}", {"state": "failed"})
    await_end(airflow, second)
    left = "SELECT tablename FROM pg_tables WHERE schemaname = 'summary_tables' AND tablename LIKE 'endless%'"
    assert airflow.query(left) == []


def running_query(airflow: Deployment) -> tuple[Any, ...]:
    """Waits for a build's query; its session and when it began."""
    found: list[tuple[Any, ...]] = []

    def runs() -> bool:
        found[:] = airflow.query(RUNNING)
        return bool(found)

    airflow.wait(runs, "The query")
    return found[0]


def await_end(airflow: Deployment, query: tuple[Any, ...]) -> None:
    """Of itself it would end in an hour, long after nobody waits for it any more."""
    airflow.wait(lambda: query not in airflow.query(RUNNING), "The end of the query")


def test_one_broken_file_among_five_is_named_in_the_ui_and_the_others_run(airflow: Deployment) -> None:
    marker = airflow.root / "executed"
    (airflow.configs / "trap.py").write_text(TRAP.format(marker=str(marker)))
    for name in ("one", "two", "three", "four"):
        airflow.add(name)
    broken = airflow.add("five", ouput_check=[])
    airflow.has_dags("one", "two", "three", "four")
    airflow.wait(airflow.api.import_errors, "An import error")
    assert airflow.api.import_errors() == [
        "dag_configs/five.yaml:5:1: error[unknown-key] `ouput_check` is not a key of this file; "
        "fix: rename it to `output_check`"
    ]
    # The one that is read next, and the last.
    assert [airflow.run(name).state for name in ("four", "two")] == ["success"] * 2
    assert not airflow.api.has_dag("five")
    assert not marker.exists()
    broken.unlink()
    airflow.ask_for_reading()
    airflow.wait(lambda: not airflow.api.import_errors(), "The end of the import error")


def test_broken_table_keeps_its_history(airflow: Deployment) -> None:
    airflow.add("kept")
    airflow.has_dags("kept")
    run = airflow.run("kept")
    airflow.add("kept", retries="many")
    airflow.wait(airflow.api.import_errors, "An import error")
    airflow.wait(lambda: not airflow.api.has_dag("kept"), "The DAG to go")
    airflow.add("kept")
    airflow.has_dags("kept")
    airflow.wait(lambda: not airflow.api.import_errors(), "The end of the import error")
    assert [found.run_id for found in airflow.api.runs("kept")] == [run.run_id]


@pytest.fixture
def dates() -> dict[str, Any]:
    return {"main_sql": "SELECT '{{ ts }}' AS ts, '{{ data_interval_start }}' AS starts, '{{ ds }}' AS ds"}


def test_table_that_waits_runs_once_all_others_are_published_and_not_where_one_has_failed(
    airflow: Deployment, dates: dict[str, Any]
) -> None:
    airflow.add("broken", input_check=[{"sql": "SELECT 0", "count": 1}], retries=0)
    airflow.add("first")
    airflow.add("second")
    airflow.add("after_broken", schedule={"after": ["analytics.first", "analytics.broken"]})
    airflow.add("waiting", schedule={"after": ["analytics.first", "analytics.second"]}, **dates)
    airflow.has_dags("broken", "first", "second", "after_broken", "waiting")
    assert [airflow.run(name).state for name in ("broken", "first", "second")] == ["failed", "success", "success"]
    airflow.new_run("waiting", set())
    (run,) = airflow.api.runs("waiting")
    assert run.state == "success"
    # What it waits for came to an end before.
    assert airflow.api.runs("after_broken") == []
    path = f"/dags/waiting/dagRuns/{quote(run.run_id)}"
    causes = airflow.api.get(f"{path}/upstreamAssetEvents")["asset_events"]
    assert sorted(cause["source_dag_id"] for cause in causes) == ["first", "second"]
    due = airflow.api.get(path)["run_after"]
    (found,) = airflow.query("SELECT replace(ts, '+00:00', 'Z'), ds FROM analytics.waiting")
    assert found == (due, due[:10])


def test_new_table_starts_at_once_where_all_it_waits_for_was_published_before_and_else_when_that_is(
    airflow: Deployment,
) -> None:
    for name in ("monthly", "yearly", "missing"):
        airflow.add(name)
    airflow.has_dags("monthly", "yearly", "missing")
    assert [airflow.run(name).state for name in ("monthly", "yearly")] == ["success"] * 2

    airflow.add("hopeful", schedule={"after": ["analytics.monthly", "analytics.missing"]})
    airflow.has_dags("hopeful")
    starts_at_once(airflow, "newcomer", "analytics.monthly", "analytics.yearly")
    assert airflow.query("SELECT one FROM analytics.newcomer") == [(1,)]
    assert airflow.api.runs("hopeful") == []

    airflow.run("missing")
    assert airflow.new_run("hopeful", set()).state == "success"
    # From now on they are tables like others: one of the two is not enough, and no question starts them again.
    airflow.run("monthly")
    starts_at_once(airflow, "witness", "analytics.monthly")
    assert [len(airflow.api.runs(name)) for name in ("newcomer", "hopeful")] == [1, 1]


def starts_at_once(airflow: Deployment, name: str, *after: str) -> None:
    """A new table has its run. All that were there before have then been asked for once more, in the same question."""
    airflow.add(name, schedule={"after": [*after]})
    airflow.has_dags(name)
    assert airflow.new_run(name, set()).state == "success"


def test_sheet_becomes_a_table_whose_summary_goes_to_a_sheet(airflow: Deployment) -> None:
    targets = Tab(sheet_id=0, title="Targets")
    months = [[date(2026, month, 1), "검색 🎉" if month % 2 else "=1+1", month * 1000.5] for month in range(1, 5)]
    targets.fill([["Month", "채널", "Target (KRW)"], *months])
    sheet = airflow.google.spreadsheet(targets, role="writer")
    place = {"spreadsheet": SPREADSHEET}
    columns = [
        {"name": "month", "type": "date", "header": "Month"},
        {"name": "channel", "type": "text", "header": "채널"},
        {"name": "target", "type": "numeric(12,2)", "header": "Target (KRW)", "checks": ["not_null"]},
    ]
    without_query = {"google_sheet": {**place, "range": "Targets!A:C"}, "columns": columns}
    airflow.add("targets", main_sql=None, retries=0, **without_query)
    airflow.add(
        "target_totals",
        main_sql="SELECT channel, sum(target) AS target FROM analytics.targets GROUP BY channel",
        schedule={"after": ["analytics.targets"]},
        export={"google_sheet": {**place, "range": "Report!B2"}},
    )
    airflow.has_dags("targets", "target_totals")
    shown = [[], [None, "channel", "target"], [None, "=1+1", 6003], [None, "검색 🎉", 4002]]

    assert airflow.run("targets").state == "success"
    first = airflow.new_run("target_totals", set())
    assert airflow.states(first) == dict.fromkeys(("create", "publish", "export_to_sheet"), "success")
    assert sheet.tab("Report").shown == shown

    before = airflow.query("SELECT * FROM analytics.targets ORDER BY 1")
    sheet.tab("Targets").put(2, 2, "12,5OO")
    broken = airflow.run("targets")
    assert airflow.states(broken)["create"] == "failed"
    airflow.wait(lambda: airflow.messages_about("analytics.targets"), "A message in Slack")
    airflow.settle()
    (message,) = airflow.messages_about("analytics.targets")
    assert message["text"].startswith(
        'Building analytics.targets failed: Targets!C3: "12,5OO" is not a number. The live table was not changed: it '
        "holds the build of "
    )
    assert airflow.query("SELECT * FROM analytics.targets ORDER BY 1") == before
    assert sheet.tab("Report").shown == shown

    sheet.tab("Targets").put(2, 2, 12_000)
    assert airflow.run("targets").state == "success"
    airflow.new_run("target_totals", {first.run_id})
    assert sheet.tab("Report").shown[2] == [None, "=1+1", 16002]
    logs = "".join(airflow.logs().values())
    assert not any(secret in logs for secret in airflow.google.tokens.given)
    assert airflow.google.account()["private_key"].splitlines()[5] not in logs


def test_growing_tables_after_backfills_backwards_and_after_their_repetition_equal_the_model(
    airflow: Deployment,
) -> None:
    schedule = Schedule.far_from_now()
    days = schedule.last_days
    before = orders(days)
    fill_source(airflow, before)
    add_growing_tables(airflow, schedule)
    backfill(airflow, days, "none")
    assert found_tables(airflow) == expected_tables(before)

    fill_source(airflow, changed(before))
    for first, *later in backfill(airflow, days, "completed").values():
        # Two at a time, backwards: the first day had to wait for one of the others, and these for no one.
        assert min(run.ended for run in later) <= first.began
        assert max(run.began for run in later) < min(run.ended for run in later)
    assert found_tables(airflow) == expected_tables(changed(before))


def backfill(airflow: Deployment, days: list[date], reprocess: str) -> dict[str, list[BackfilledRun]]:
    """Backfills all tables at once, waits for the end and returns the run of each day."""
    tables = "every_order", "last_purchase", "orders_by_day"
    backfill_by_api(airflow, "every_order", days, reprocess)
    backfill_by_api(airflow, "last_purchase", days, reprocess)
    backfill_by_command(airflow, "orders_by_day", days, reprocess)
    runs = {table: ended_runs(airflow, table, days) for table in tables}
    assert [run.state for found in runs.values() for run in found] == ["success"] * 9
    for table in tables:
        close_backfill(airflow, table)
    return runs


def write_countries(airflow: Deployment, rows: str) -> set[str]:
    """A table and its CSV file; returns the runs that it had before."""
    is_known = (airflow.configs / "countries.yaml").exists()
    before = {run.run_id for run in airflow.api.runs("countries")} if is_known else set()
    airflow.write("countries.csv", f"Code,People\n{rows}")
    airflow.write(
        "countries.yaml",
        "table: countries\nschema: analytics\nschedule: none\ncsv: {file: countries.csv}\n"
        "columns: [{name: code, type: text, header: Code}, {name: people, type: bigint, header: People}]\n",
    )
    airflow.ask_for_reading()
    return before


def test_table_of_a_csv_file_is_built_whenever_the_file_has_changed(airflow: Deployment) -> None:
    countries = "SELECT code, people FROM analytics.countries ORDER BY code"
    before = write_countries(airflow, "KR,51000000\n")
    airflow.has_dags("countries")
    assert airflow.new_run("countries", before).state == "success"
    assert airflow.query(countries) == [("KR", 51_000_000)]
    before = write_countries(airflow, "KR,51OOOOOO\nDE,83000000\nFR,\n")
    assert airflow.new_run("countries", before).state == "failed"
    assert airflow.query(countries) == [("KR", 51_000_000)]
    airflow.wait(lambda: airflow.messages_about("analytics.countries"), "The message about analytics.countries")
    (message,) = airflow.messages_about("analytics.countries")
    assert 'countries.csv:2:4: "51OOOOOO" is not a whole number' in json.dumps(message, ensure_ascii=False).replace(
        '\\"', '"'
    )
    before = write_countries(airflow, "KR,51700000\nDE,83000000\nFR,\n")
    assert airflow.new_run("countries", before).state == "success"
    # One for each content, however often it was read.
    assert len(airflow.api.runs("countries")) == 3
    assert airflow.query(countries) == [("DE", 83_000_000), ("FR", None), ("KR", 51_700_000)]


THEIRS = """\
from airflow.sdk import Asset, dag, task

@dag(schedule=None, is_paused_upon_creation=False)
def loads_orders():
    @task(outlets=[Asset(name="orders_loaded", uri="s3://landing/orders")])
    def load():
        pass
    load()

loads_orders()
"""


def test_assets_of_a_dag_that_is_none_of_ours_start_tables_by_name_and_by_uri(airflow: Deployment) -> None:
    (airflow.root / "dags" / "theirs.py").write_text(THEIRS)
    is_a_moment = "SELECT '{{ data_interval_start }}' = '{{ data_interval_end }}' AS one"
    airflow.add("by_name", main_sql=is_a_moment, schedule={"after": [{"asset": "orders_loaded"}]})
    airflow.add("by_any", schedule={"after": {"any": ["analytics.by_hand", {"asset": "s3://landing/orders/"}]}})
    airflow.add("by_hand")
    airflow.has_dags("by_name", "by_any", "by_hand", "loads_orders")
    assert airflow.run("loads_orders").state == "success"
    first = airflow.new_run("by_any", set())
    assert (airflow.new_run("by_name", set()).state, first.state) == ("success", "success")
    # The other of the two is enough as well, and no run but that one comes of it.
    assert airflow.run("by_hand").state == "success"
    assert airflow.new_run("by_any", {first.run_id}).state == "success"
    assert airflow.query("SELECT one FROM analytics.by_name") == [(True,)]
    assert [run.state for run in airflow.api.runs("loads_orders")] == ["success"]
    # A table that comes later: what it waits for was published before.
    airflow.add("came_later", schedule={"after": ["analytics.by_hand", {"asset": "orders_loaded"}]})
    airflow.has_dags("came_later")
    assert airflow.new_run("came_later", set()).state == "success"
    (airflow.root / "dags" / "theirs.py").unlink()


LANDED = {"table": "raw_data.landed", "column": "loaded_at", "within_hours": 6}


def load(airflow: Deployment, moment: str) -> None:
    airflow.execute("CREATE TABLE IF NOT EXISTS raw_data.landed (loaded_at timestamptz)")
    airflow.execute(f"GRANT SELECT ON raw_data.landed TO builder; INSERT INTO raw_data.landed VALUES ('{moment}')")


def test_a_run_with_a_time_waits_without_a_worker_for_all_that_must_be_there(airflow: Deployment) -> None:
    airflow.services.start("triggerer")
    load(airflow, "2026-01-01 00:00+00")
    airflow.add("early")
    airflow.add("late")
    airflow.has_dags("early", "late")
    airflow.run("early")
    schedule = Schedule.far_from_now()
    parents = ["analytics.early", "analytics.late", LANDED]
    dates = (
        "SELECT '{{ ds }}' AS day, '{{ data_interval_start | ds }}' AS start, '{{ data_interval_end | ds }}' AS stop"
    )
    airflow.add("morning", main_sql=dates, schedule={"at": schedule.cron, "after": parents})
    airflow.add("in_vain", schedule={"at": schedule.cron, "after": [LANDED], "wait_hours": 0.001}, retries=1)
    airflow.has_dags("morning", "in_vain")

    failed = airflow.new_run("in_vain", set())
    assert airflow.states(failed) == {"wait": "failed", "create": "upstream_failed", "publish": "upstream_failed"}
    airflow.wait(lambda: airflow.messages_about("analytics.in_vain"), "A message in Slack")
    (message,) = airflow.messages_about("analytics.in_vain")
    bar = f"{schedule.due - timedelta(hours=6):%Y-%m-%d %H:%M}"
    assert message["text"].startswith(
        "Waiting to build analytics.in_vain failed: it waited 0.001 hours (`wait_hours`) for what did not come. "
        f"raw_data.landed: its newest `loaded_at` is 2026-01-01 00:00 UTC, and one from {bar} UTC on was expected. "
        "Clear `wait` of this run in Airflow to have it wait once more. There is no live table yet."
    )

    (run,) = airflow.api.runs("morning")
    # It is woken now and then to look for what only it can ask, and its process ends a moment after its state says so.
    airflow.wait(lambda: waits_without_a_process(airflow, run), "The task that waits, and the end of its process")
    load(airflow, schedule.due.isoformat())
    airflow.settle(3)
    assert airflow.states(run)["create"] != "success"
    airflow.run("late")
    assert airflow.new_run("morning", set()).state == "success"
    # Those of its time, however long it has waited.
    begin = f"{schedule.due - timedelta(days=1):%Y-%m-%d}"
    assert airflow.query("SELECT * FROM analytics.morning") == [(begin, begin, f"{schedule.due:%Y-%m-%d}")]

    # What the message said to do once it is there.
    clear = {"dag_run_id": failed.run_id, "task_ids": ["wait"], "include_downstream": True, "dry_run": False}
    airflow.api.send("POST", "/dags/in_vain/clearTaskInstances", {**clear, "only_failed": False})
    airflow.wait(lambda: set(airflow.states(failed).values()) == {"success"}, "The run that was cleared")


def waits_without_a_process(airflow: Deployment, run: Run) -> bool:
    path = f"/dags/{quote(run.dag_id)}/dagRuns/{quote(run.run_id)}/taskInstances/wait"
    wait = airflow.api.get(path)
    commands = (" ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"]))
    return wait["state"] == "deferred" and not any(f"airflow worker -- {wait['id']}" in each for each in commands)


def test_dbt_project_waits_for_a_table_and_tables_wait_for_its_models(airflow: Deployment) -> None:
    dbt_shop.set_up(airflow)
    airflow.run(dbt_shop.BEFORE)
    run = airflow.new_run(dbt_shop.SHOP, set())
    assert dbt_shop.tasks(airflow, run) == {"source_freshness": "success", "build": "success", "failed": "skipped"}
    assert shown_note(airflow, run) == "Built 23 tables; 40 tests passed, 1 warned."
    behind = {name: airflow.new_run(name, set()) for name in (dbt_shop.ALL_WELL, dbt_shop.BEHIND)}
    assert [each.state for each in behind.values()] == ["success", "success"]
    assert airflow.query("SELECT category, amount FROM analytics.shop_sales ORDER BY 1") == airflow.query(
        "SELECT category, sum(quantity * i.price_cents) / 100.0 FROM raw_shop.order_items AS i"
        " JOIN raw_shop.products AS p ON p.id = i.product_id GROUP BY 1 ORDER BY 1"
    )
    # What warns is told with all warnings of the day.
    assert airflow.messages_about("shop") == []


def test_failed_model_lets_what_does_not_need_it_run(airflow: Deployment) -> None:
    dbt_shop.set_up(airflow)
    airflow.execute(dbt_shop.BAD_ROW)
    dbt_shop.break_model(airflow)
    before = {name: {run.run_id for run in airflow.api.runs(name)} for name in (dbt_shop.ALL_WELL, dbt_shop.BEHIND)}
    run = airflow.run(dbt_shop.SHOP)
    test, model = "failed [shop.stg_order_items: within_range: quantity]", "failed [shop.refund_rates]"
    assert dbt_shop.tasks(airflow, run) == {
        "source_freshness": "success",
        "build": "success",
        test: "failed",
        model: "failed",
    }
    assert airflow.new_run(dbt_shop.ALL_WELL, before[dbt_shop.ALL_WELL]).state == "success"
    airflow.wait(lambda: airflow.messages_about("shop"), "A message in Slack")
    airflow.settle()
    assert {run.run_id for run in airflow.api.runs(dbt_shop.BEHIND)} == before[dbt_shop.BEHIND]
    (message,) = airflow.messages_about("shop")
    shown = "\n".join(dbt_shop.shown_message(message))
    assert_golden("slack/dbt_run.txt", re.sub(r"run manual\S+|\d{4}-\d\d-\d\d \d\d:\d\d UTC", "…", shown) + "\n")
    secret = airflow.roles.builder
    assert not any(secret in text for text in airflow.logs().values())
    assert dbt_shop.stored_with(airflow, secret) == []
    assert "xcom" in dbt_shop.stored_with(airflow, "refund_rates")

    airflow.execute(dbt_shop.MENDED)
    dbt_shop.clear(airflow, run, 0)
    airflow.wait(lambda: dbt_shop.tasks(airflow, run).get(test) == "success", "The test alone, tried again")
    assert airflow.new_run(dbt_shop.BEHIND, before[dbt_shop.BEHIND]).state == "success"
    dbt_shop.mend_model(airflow)
    dbt_shop.clear(airflow, run, 1)
    airflow.wait(lambda: dbt_shop.tasks(airflow, run).get(model) == "success", "The model alone, tried again")
    airflow.wait(lambda: airflow.messages_about("shop")[1:], "That it is over, in Slack")
    assert airflow.messages_about("shop")[1]["text"].startswith("Works again: dbt project shop.")
