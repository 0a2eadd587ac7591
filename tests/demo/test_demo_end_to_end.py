"""The demo as a person runs it: a failing check, a kill, and a start after that."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, expect

from demo import warehouse
from demo.airflow_environment import USER
from demo.airflow_services import AirflowServices
from demo.embedded_postgres import EmbeddedPostgres
from demo.processes import ProcessMark
from demo.sample_rows import answers, sessions
from demo.state import State
from tests import expected_summaries
from tests.catalog_pages.axe import grave_findings
from tests.chromium import started_chromium
from tests.golden_files import assert_golden

pytestmark = pytest.mark.end_to_end

REPOSITORY = Path(__file__).parents[2]
UP = "Everything stays up until you press Ctrl-C."
FAILED = """\
nps_summary was not built:
    Input check "at least 150,000 rows in raw_data.nps" of analytics.nps_summary failed:
    expected at least 150,000, got 100,000.
    There is no live table yet.
"""
MAU_TABLE = """\
    month   | mau
    --------+----
    2019-01 | 356
    2019-02 | 360
    2019-03 | 400
    2019-04 | 451
    2019-05 | 503
    ... and 7 more
"""


def command(home: Path, **environment: str) -> tuple[list[str], dict[str, str]]:
    kept = {name: value for name, value in os.environ.items() if name not in ("ONCE", "NPS_ROWS")}
    return [sys.executable, "-m", "demo"], kept | {"DEMO_HOME": str(home)} | environment


def demo(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    arguments, variables = command(home, **environment)
    return subprocess.run(
        arguments,
        env=variables,
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def processes_of(home: Path) -> list[psutil.Process]:
    """Everything that works in the demo's directory."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(home) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def listening(processes: list[psutil.Process]) -> set[str]:
    """The addresses on which they take TCP connections."""
    found: set[str] = set()
    for process in processes:
        # A task may have ended meanwhile.
        with contextlib.suppress(psutil.NoSuchProcess):
            connections = process.net_connections("tcp")
            found |= {one.laddr.ip for one in connections if one.status == psutil.CONN_LISTEN}
    return found


def await_end(home: Path) -> None:
    while processes_of(home):
        time.sleep(0.1)


def launcher(home: Path) -> ProcessMark:
    found = State(home).leftover()
    assert found
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("demo") / "home"
    yield home
    for process in processes_of(home):
        # With its server killed, others end by themselves meanwhile.
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


@pytest.fixture(scope="module")
def running(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A demo with too few answers that stays up, and what it has printed."""
    arguments, variables = command(home, NPS_ROWS="100000")
    with subprocess.Popen(arguments, env=variables, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = []
        for line in process.stdout:
            lines.append(line)
            if UP in line:
                break
        yield process, "".join(lines)
        process.kill()


def in_its_shell(home: Path, command: str) -> str:
    """What a command that succeeds prints in the environment that the demo has written."""
    done = subprocess.run(
        ["sh", "-c", f'. "$1"; {command}', "sh", home / "env.sh"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_failed_check_is_told_and_the_other_tables_are_shown(running: tuple[subprocess.Popen[str], str]) -> None:
    _, printed = running
    assert FAILED in printed
    assert "analytics.mau_summary: 12 rows, built in " in printed
    assert "analytics.channel_summary: 950 rows, built in " in printed
    assert "analytics.nps_summary:" not in printed


def test_everything_listens_on_the_loopback_address_only(
    home: Path, running: tuple[subprocess.Popen[str], str]
) -> None:
    assert running
    assert listening(processes_of(home)) == {"127.0.0.1"}


def test_a_second_demo_in_the_same_folder_says_where_the_first_is(
    home: Path, running: tuple[subprocess.Popen[str], str]
) -> None:
    second = demo(home)
    assert second.returncode == 1
    assert second.stdout.startswith(f"\nA demo already runs in {home}: http://127.0.0.1:")
    assert f"(or: kill {running[0].pid})" in second.stdout


def test_the_commands_that_it_offers_work(
    home: Path, running: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    offered = [
        line.strip() for line in running[1].splitlines() if line.startswith(("    airflow ", "    summary-tables "))
    ]
    *of_airflow, variable, lint, versions = offered
    assert in_its_shell(home, variable) == f"{home}/data\n"
    for command in (lint, versions):
        in_its_shell(home, command)
    run_by_airflow(home, of_airflow, tmp_path)
    assert offered == [
        "airflow dags list",
        "airflow tasks list nps_summary",
        "airflow dags trigger nps_summary",
        "airflow variables get DATA_DIR",
        "summary-tables lint --warehouse env:DEMO_WAREHOUSE",
        "summary-tables versions mau_summary --warehouse env:DEMO_WAREHOUSE",
    ]


def run_by_airflow(home: Path, commands: list[str], folder: Path) -> None:
    """As `in_its_shell`, but each is a fork of one Airflow, of which a start takes longer than all of them."""
    environment = dict(line.split("=", 1) for line in in_its_shell(home, "env -0").split("\0") if line)
    services = AirflowServices(environment, folder, folder, postgres=0)
    try:
        for command in commands:
            services.run(command, command.split()[1:])
            services.finish(command)
    finally:
        services.stop()


HEALTHY = "Nothing is wrong with 3 files, 1 warehouse and Airflow.\n"
DOCTOR = "summary-tables doctor || test $? = 1"


def test_the_doctor_finds_nothing(home: Path, running: tuple[subprocess.Popen[str], str]) -> None:
    assert running
    assert in_its_shell(home, DOCTOR) == HEALTHY


def test_the_doctor_names_what_is_broken_and_what_it_says_mends_it(home: Path) -> None:
    broken = {
        "AIRFLOW__CORE__LOAD_EXAMPLES": "True",
        "AIRFLOW__CORE__DAGBAG_IMPORT_ERROR_TRACEBACKS": "True",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        "AIRFLOW__CORE__PARALLELISM": "1",
        "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "5",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "3600",
    }
    sick = ["uri=$DEMO_WAREHOUSE; unset AIRFLOW_CONN_WAREHOUSE", *(f"export {name}={broken[name]}" for name in broken)]
    said = in_its_shell(home, "; ".join([*sick, DOCTOR]))
    assert_golden("demo/doctor.txt", said)
    settings = re.findall(r"fix: (AIRFLOW__\S+=\S+)", said)
    assert {setting.partition("=")[0] for setting in settings} == broken.keys()
    connection = re.search("fix: (airflow connections add .+) '.+'", said)
    assert connection
    mended = [f"export {' '.join(settings)}", f'{connection[1]} "$uri" > /dev/null', DOCTOR]
    assert in_its_shell(home, "; ".join([*sick, *mended])) == HEALTHY


def test_status_says_which_table_fails(home: Path) -> None:
    login = f"export LOGIN={USER}:{State(home).secrets().admin_password}"
    call = '--airflow "$AIRFLOW__API__BASE_URL" --login env:LOGIN --warehouse env:DEMO_WAREHOUSE'
    said = in_its_shell(home, f"{login}; summary-tables status {call} || test $? = 1")
    # The one that was triggered above may still run.
    assert re.sub(r"\d running, \d queued", "(some)", said).splitlines()[:5] == [
        "Airflow    runs",
        "Files      all are read",
        "Watch      runs",
        "Runs       (some)",
        "Tables     3: 1 failing, 2 fresh",
    ]
    assert "expected at least 150,000 rows in raw_data.nps, got 100,000" in said
    assert "Somebody has to look. " in said


@pytest.fixture(scope="module")
def airflow(home: Path, running: tuple[subprocess.Popen[str], str]) -> Iterator[Page]:
    """Its pages in a browser, where nobody is logged in yet."""
    assert running
    address = json.loads((home / "running.json").read_text())["address"]
    with started_chromium() as browser:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        # The machine runs other tests as well.
        context.set_default_timeout(120_000)
        yield context.new_page()
        context.close()


def test_the_catalogue_asks_who_one_is_and_then_shows_what_was_asked_for(home: Path, airflow: Page) -> None:
    airflow.goto("/summary-tables/?q=promoter")
    assert "/auth/login" in airflow.url
    airflow.get_by_label("Username").fill(USER)
    airflow.get_by_label("Password").first.fill(State(home).secrets().admin_password)
    airflow.keyboard.press("Enter")
    airflow.wait_for_url("**/summary-tables/?q=promoter")
    expect(airflow.locator("table.tables tbody th a")).to_have_text(["analytics.nps_summary"])


def test_it_stands_in_airflows_navigation_whose_address_follows(airflow: Page) -> None:
    airflow.goto("/")
    airflow.get_by_role("link", name="Summary tables", exact=True).click()
    frame = airflow.frame_locator("iframe")
    tables = frame.locator("table.tables tbody tr")
    expect(tables.first).to_contain_text("Failing")
    await_scripts(airflow)
    expect(tables).to_have_count(3)
    frame.get_by_role("searchbox").fill("users")
    airflow.wait_for_url("**/plugin/summary-tables/summary-tables/?q=users")
    frame.get_by_role("link", name="analytics.mau_summary").click()
    airflow.wait_for_url("**/plugin/summary-tables/summary-tables/tables/analytics.mau_summary")
    airflow.reload()
    expect(frame.get_by_text("Fresh: built")).to_be_visible(timeout=120_000)
    await_scripts(airflow)
    expect(frame.get_by_role("complementary")).to_contain_text("growth")


def await_scripts(airflow: Page) -> None:
    """Until the page in Airflow's frame has come to its end: what is typed or clicked before, nobody hears."""
    element = airflow.locator("iframe").element_handle()
    frame = element.content_frame() if element else None
    assert frame
    frame.wait_for_load_state()


def test_links_lead_out_of_airflows_frame(airflow: Page) -> None:
    airflow.frame_locator("iframe").get_by_role("link", name="DAG mau_summary").click()
    airflow.wait_for_url("**/dags/mau_summary")


def test_a_dag_has_the_page_of_its_table_in_a_tab(airflow: Page) -> None:
    airflow.goto("/dags/nps_summary")
    airflow.get_by_role("link", name="Table", exact=True).click()
    frame = airflow.frame_locator("iframe")
    expect(frame.locator(".verdict")).to_contain_text("expected at least 150,000 rows in raw_data.nps, got 100,000")
    inner = airflow.frame(url="**/summary-tables/dags/nps_summary")
    assert inner
    assert grave_findings(inner) == []
    await_scripts(airflow)
    frame.get_by_role("link", name="Summary tables").click()
    airflow.wait_for_url("**/plugin/summary-tables/summary-tables/")


def test_a_killed_demo_leaves_nothing_running(home: Path, running: tuple[subprocess.Popen[str], str]) -> None:
    process, _ = running
    process.kill()
    process.wait()
    await_end(home)


def test_all_processes_of_a_demo_killed_at_once_are_stopped_by_the_next_which_shows_three_tables(
    home: Path, running: tuple[subprocess.Popen[str], str]
) -> None:
    """Killed while it starts, with its launcher: the services are orphans that nobody looks after."""
    assert running[0].poll() == -signal.SIGKILL
    arguments, variables = command(home)
    with subprocess.Popen(arguments, env=variables, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "The demo before this one was killed.\n"
        while "Airflow's own tables are made" not in process.stdout.readline():
            assert process.poll() is None
        os.kill(launcher(home).pid, signal.SIGKILL)
        process.kill()
    assert processes_of(home)
    done = demo(home, ONCE="1")
    assert done.returncode == 0, done.stdout
    first, *_ = done.stdout.splitlines()
    assert first.startswith("The demo before this one was killed; ")
    assert first.endswith(" of its processes still ran and were stopped.")
    assert MAU_TABLE in done.stdout
    assert "analytics.channel_summary: 950 rows, built in " in done.stdout
    assert "analytics.nps_summary: 92 rows, built in " in done.stdout
    assert done.stdout.endswith("Everything has been stopped\n")
    assert processes_of(home) == []
    assert State(home).leftover() is None


def test_a_demo_that_is_asked_to_stop_while_it_starts_stops_everything(home: Path) -> None:
    arguments, variables = command(home)
    with subprocess.Popen(arguments, env=variables, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert "PostgreSQL is up" in process.stdout.readline()
        process.terminate()
        assert process.wait() == 128 + signal.SIGTERM
    # A launcher that was being started just then ends by itself.
    await_end(home)


def test_the_published_tables_hold_what_was_computed_without_sql(home: Path) -> None:
    visits = sessions()
    with EmbeddedPostgres(State(home).postgres) as server, server.connect(warehouse.DATABASE) as session:
        found = {
            table: sorted(session.execute(f"SELECT * FROM analytics.{table}".encode()).fetchall())
            for table in ("mau_summary", "channel_summary", "nps_summary")
        }
    assert found == {
        "mau_summary": expected_summaries.mau_summary(visits),
        "channel_summary": expected_summaries.channel_summary(visits),
        "nps_summary": expected_summaries.nps_summary(answers()),
    }
