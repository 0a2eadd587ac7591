"""A bad week with the real scheduler: who hears what, whole and in order, by webhook and by a bot."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.deployment import WATCH_FILE, Deployment
from tests.end_to_end.week import Week, config, switch
from tests.golden_files import assert_golden

# Seconds on a machine of its own; other tests at work make minutes of them.
pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(3600)]

DEFAULTS = """\
retries: 0
owners:
  growth: {slack: U0GROWTH1}
  sales: {slack: S0SALES01}
alerts:
  remind_after: 1d
  routes:
    - owner: sales
      to: {conn_id: slack_bot, channel: C0SALES}
"""
WAITING = [f"waits_{number:02}" for number in range(11)]


@pytest.fixture
def week(airflow: Deployment) -> Iterator[Week]:
    defaults = airflow.configs / "defaults.yaml"
    before = defaults.read_text()
    airflow.execute(
        "CREATE TABLE raw_data.week (name text, rows int); GRANT SELECT ON raw_data.week TO PUBLIC; "
        "INSERT INTO raw_data.week VALUES ('nps', 5), ('mau', 0), ('visits', 5)"
    )
    airflow.write(defaults.name, DEFAULTS)
    airflow.slack.api.posted.clear()
    found = Week(airflow=airflow)
    found.forget()
    found.begin_watch()
    yield found
    airflow.slack.mode = "ok"
    (airflow.root / "dags" / WATCH_FILE).unlink()
    airflow.execute("DROP TABLE raw_data.week")
    airflow.write(defaults.name, before)


def test_a_bad_week(week: Week) -> None:
    one_that_fails(week)
    eleven_that_wait_for_one(week)
    one_that_is_paused(week)
    airflow_that_is_killed(week)
    assert_golden("end_to_end/bad_week.txt", "\n".join(week.story) + "\n")


def one_that_fails(week: Week) -> None:
    warns = {"row_count": {"max": 10}, "severity": "warn"}
    keys = config("nps", owner="growth", output_check=[{"row_count": {"min": 3}}, warns])
    week.airflow.add("nps", **keys)
    week.airflow.has_dags("nps")
    assert week.airflow.run("nps").state == "success"
    week.round()
    week.happens("Monday: nps fails, and again; Slack is away for ten minutes")
    week.airflow.slack.mode = "server_error"
    switch(week, "nps", 2)
    week.fail("nps", 1)
    week.fail("nps", 2)
    week.days_pass(10 / (24 * 60))
    week.round()
    week.airflow.slack.mode = "ok"
    week.days_pass(10 / (24 * 60))
    week.round()
    week.happens("Tuesday: it still fails")
    week.days_pass()
    week.round()
    week.fail("nps", 3)
    week.happens("it is mended, and warns")
    switch(week, "nps", 20)
    assert week.airflow.run("nps").state == "success"
    week.hear(1)
    week.airflow.wait(lambda: week.is_recorded("warning", "nps"), "The warning of nps")
    week.days_pass()
    week.round()
    week.happens("Wednesday: it is well")
    switch(week, "nps", 5)
    assert week.airflow.run("nps").state == "success"
    week.round()


def eleven_that_wait_for_one(week: Week) -> None:
    week.happens("Wednesday: mau fails, of another owner, and eleven tables wait for it")
    due = week.due
    week.airflow.add("mau", **config("mau", owner="sales", schedule=due["schedule"]))
    for name in WAITING:
        week.airflow.add(
            name, schedule={"after": ["analytics.mau"]}, fresh_by=due["fresh_by"], owner="growth", tags=["waits"]
        )
    week.airflow.has_dags("mau", *WAITING)
    # Airflow starts the run that was due last when it sees a table first.
    week.airflow.wait(lambda: week.failed_runs("mau") == 1, "The incident of mau")
    # It is told by the process that has recorded it, a moment later.
    week.hear(1)
    week.round()
    week.days_pass()
    week.round()
    week.round()
    week.happens("Thursday: mau is mended")
    switch(week, "mau", 5)
    assert week.airflow.run("mau").state == "success"
    for name in WAITING:
        is_built(week, name)
    week.round()
    week.round()
    for name in WAITING:
        (week.airflow.configs / f"{name}.yaml").unlink()


def one_that_is_paused(week: Week) -> None:
    week.happens("Thursday: visits is paused")
    week.airflow.add("visits", **config("visits", owner="growth", **week.due))
    week.airflow.has_dags("visits")
    is_built(week, "visits")
    week.round()
    week.pause("visits", is_paused=True)
    week.days_pass()
    week.round()
    week.round()
    week.happens("Friday: it is no longer paused")
    week.pause("visits", is_paused=False)
    assert week.airflow.run("visits").state == "success"
    week.hear(1)


def airflow_that_is_killed(week: Week) -> None:
    week.happens("Friday: the scheduler is killed, and is there again after five hours")
    week.airflow.add("clicks", **config("visits", owner="growth", **week.due))
    week.airflow.has_dags("clicks")
    is_built(week, "clicks")
    week.round()
    week.kill_scheduler()
    week.days_pass()
    week.days_pass(5 / 24, logs=False, watch=True)
    week.start_scheduler()
    week.round()
    week.happens("both are built")
    for name in ("visits", "clicks"):
        assert week.airflow.run(name).state == "success"
    week.round()
    week.round()


def is_built(week: Week, name: str) -> None:
    """Waits for the end of its first run, which tells that it is there a moment after it is."""
    assert week.airflow.new_run(name, set()).state == "success"
