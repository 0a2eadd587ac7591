"""`summary-tables preview`, from the command line to the last row."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import INTERRUPTED, OK, PROBLEMS, USAGE
from summary_tables.model.checkout import REPOSITORY
from tests.commands.diff.git_repository import GitRepository, new_repository
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, PASSWORD, Database

DAY = ("--date", "2019-05-01")
_ADDRESS = "WAREHOUSE_OF_THE_TEST"
_CATALOG = (
    "SELECT oid, relname, relkind::text, relfilenode FROM pg_class "
    "UNION ALL SELECT oid, nspname, '', 0 FROM pg_namespace"
)
_DAILY = """\
table: daily
schema: analytics
owner: growth
main_sql: |
  SELECT day, count(*) AS n FROM raw_data.events GROUP BY day
input_check:
  - sql: SELECT COUNT(1) FROM raw_data.events
    count: 150
output_check:
  - sql: SELECT COUNT(1) FROM {schema}.temp_{table}
    count: 50
"""


@pytest.fixture
def configs(tmp_path: Path, sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the three summaries, and `preview` on the sample data."""
    monkeypatch.setenv("DEMO_HOME", str(sample_home))
    folder = tmp_path / "dag_configs"
    shutil.copytree(REPOSITORY / "dag_configs", folder)
    monkeypatch.chdir(tmp_path)
    return folder


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code, and what is printed on both streams without the seconds."""
    capsys.readouterr()
    code = cli.main(["preview", *arguments])
    printed = capsys.readouterr()
    shown = "".join(f"! {line}\n" for line in printed.err.splitlines())
    return code, f"$ summary-tables preview {' '.join(arguments)}\n{steady(printed.out)}{shown}exit {code}\n"


def steady(text: str) -> str:
    return re.sub(r"in \d+\.\d\d s", "in S.SS s", text)


def change(file: Path, old: str, new: str) -> None:
    """At once: who watches the file would read half of it."""
    text = file.read_text()
    assert old in text
    unfinished = file.parent.with_name(f"{file.name}.unfinished")
    unfinished.write_text(text.replace(old, new))
    unfinished.replace(file)


@pytest.mark.usefixtures("configs")
@pytest.mark.parametrize("table", ["mau_summary", "channel_summary", "nps_summary"])
def test_the_three_summaries(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys, f"dag_configs/{table}.yaml", *DAY)
    assert_golden(f"preview/{table}.txt", said)
    assert code == OK


@pytest.mark.usefixtures("configs")
def test_in_color_and_with_other_rows(capsys: pytest.CaptureFixture[str]) -> None:
    _, said = call(capsys, "dag_configs/nps_summary.yaml", *DAY, "--rows", "2", "--color", "always")
    _, none = call(capsys, "dag_configs/nps_summary.yaml", *DAY, "--rows", "0")
    assert_golden("preview/nps_summary_in_color.txt", said + none)


def test_a_file_that_reads_another_summary_table(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT LEFT(date, 7) AS month, AVG(nps)::numeric(10, 2) AS nps FROM analytics.nps_summary GROUP BY 1"
    second = f"table: monthly_nps\nschema: analytics\nowner: growth\nmain_sql: {sql}\n"
    (configs / "monthly_nps.yaml").write_text(f"{second}schedule: {{after: [analytics.nps_summary]}}\n", "utf-8")
    code, said = call(capsys, "dag_configs/monthly_nps.yaml", *DAY)
    assert_golden("preview/chain/on_sample_data.txt", said)
    assert code == OK


def test_failing_checks(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(configs / "nps_summary.yaml", "count: 150000", "count: 170000")
    change(configs / "nps_summary.yaml", "count: 12", "count: 120")
    code, said = call(capsys, "dag_configs/nps_summary.yaml", *DAY)
    assert_golden("preview/failing_checks.txt", said)
    assert code == PROBLEMS


def test_broken_files(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What lint finds, what only the warehouse knows, what only shows when the query runs."""
    file = configs / "nps_summary.yaml"
    # The rules about tests of the query would speak first.
    right, _, _ = file.read_text().partition("\ntests:")
    said = []
    for old, new in (
        ("GROUP BY 1", "GRUOP BY 1"),
        ("FROM raw_data.nps\n  GROUP", "FROM raw_data.npss\n  GROUP"),
        ("/ COUNT(1)", "/ (COUNT(1) - COUNT(1))"),
    ):
        file.write_text(right)
        change(file, old, new)
        said.append(call(capsys, "dag_configs/nps_summary.yaml", *DAY))
    assert_golden("preview/broken_files.txt", "\n".join(words for _, words in said))
    assert [code for code, _ in said] == [PROBLEMS] * 3


def test_wrong_calls(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (configs / "notes.txt").touch()
    change(configs / "defaults.yaml", "dialect: postgres", "dialect: redshift")
    calls = (
        ("dag_configs/nps_sumary.yaml",),
        ("dag_configs",),
        ("dag_configs/defaults.yaml", "--full-refresh"),
        ("dag_configs/notes.txt",),
        ("dag_configs/nps_summary.yaml", "--allow-superuser"),
        ("dag_configs/nps_summary.yaml", "--warehouse", "env:NOT_SET"),
        ("dag_configs/nps_summary.yaml", "--warehouse", "postgresql://me:secret@127.0.0.1:1/x"),
        ("dag_configs/nps_summary.yaml",),
    )
    said = [call(capsys, *arguments) for arguments in calls]
    assert_golden("preview/wrong_calls.txt", "\n".join(words for _, words in said))
    assert [code for code, _ in said] == [USAGE] * len(calls)


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--date", "21.11.2026"), "argument --date: '21.11.2026' is not a date; write e.g. 2026-11-21"),
        (("--date", "0001-01-01"), "argument --date: '0001-01-01' is too far away; write e.g. 2026-11-21"),
        (("--rows", "-1"), "argument --rows: '-1' is not a number of rows; write e.g. 10"),
    ],
)
def test_options_that_cannot_be_read(option: tuple[str, str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["preview", "x.yaml", *option])
    assert ended.value.code == USAGE
    assert words in capsys.readouterr().err


# ---- a warehouse that is named


@pytest.fixture
def daily(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config for the test's warehouse, whose address is in the environment."""
    monkeypatch.setenv(_ADDRESS, database.server.uri(database.name, BUILDER, PASSWORD))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "dag_configs" / "daily.yaml"
    file.parent.mkdir()
    file.write_text(_DAILY)
    return file


@pytest.mark.usefixtures("daily")
def test_given_warehouse(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    before = database.admin(_CATALOG)
    code, said = call(capsys, "dag_configs/daily.yaml", *DAY, "--warehouse", f"env:{_ADDRESS}")
    assert_golden("preview/given_warehouse.txt", said)
    assert code == OK
    assert database.admin(_CATALOG) == before


@pytest.mark.usefixtures("daily")
def test_superuser_is_refused(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(_ADDRESS, database.server.uri(database.name))
    code, said = call(capsys, "dag_configs/daily.yaml", "--warehouse", f"env:{_ADDRESS}")
    assert code == USAGE
    assert "the role postgres is a superuser, and SQL of a pull request is not shown to one." in said
    assert call(capsys, "dag_configs/daily.yaml", "--warehouse", f"env:{_ADDRESS}", "--allow-superuser")[0] == OK


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_stopped_in_the_middle(number: signal.Signals, daily: Path, database: Database) -> None:
    before = database.admin(_CATALOG)
    change(daily, "count(*) AS n", "pg_sleep(60)::text AS n")
    change(daily, " GROUP BY day", "")
    with started("dag_configs/daily.yaml", "--warehouse", f"env:{_ADDRESS}") as process:
        await_rows(database, 1)
        process.send_signal(number)
        _, error = process.communicate(timeout=300)
    assert error == ""
    assert process.returncode == (INTERRUPTED if number == signal.SIGINT else -signal.SIGKILL)
    await_rows(database, 0)
    assert database.admin(_CATALOG) == before


def await_rows(database: Database, backends: int) -> None:
    """Returns when so many backends fill a temporary table."""
    for _ in range(60_000):
        filling = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO pg_temp%'"
        if database.value(f"SELECT count(*) {filling}") == backends:
            return
        time.sleep(0.01)
    raise TimeoutError("no preview builds, or one still does")


# ---- processes


@contextmanager
def started(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "summary_tables", "preview", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.usefixtures("configs")
def test_two_at_once() -> None:
    with started("dag_configs/nps_summary.yaml") as first, started("dag_configs/mau_summary.yaml") as second:
        said = [process.communicate(timeout=300) for process in (first, second)]
    assert [process.returncode for process in (first, second)] == [OK, OK]
    assert [output.splitlines()[-1] for output, _ in said] == [
        "Publishing would create analytics.nps_summary with 92 rows.",
        "Publishing would create analytics.mau_summary with 12 rows.",
    ]


def test_the_server_of_the_sample_data_ends_with_the_preview_also_when_that_is_killed(
    configs: Path, sample_home: Path
) -> None:
    with started(str(configs / "nps_summary.yaml"), "--watch") as process:
        until_waiting(process)
        running = sample_home / "kept_warehouse" / "data" / "postmaster.pid"
        assert running.exists()
        process.kill()
        process.communicate(timeout=300)
    end = time.monotonic() + 300
    while running.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not running.exists()


def test_watch(configs: Path) -> None:
    file = configs / "nps_summary.yaml"
    with started("dag_configs/nps_summary.yaml", *DAY, "--watch", "--rows", "1") as process:
        said = [until_waiting(process)]
        change(file, "GROUP BY 1", "GRUOP BY 1")
        said.append(until_waiting(process))
        change(file, "GRUOP BY 1", "GROUP BY 1 HAVING COUNT(1) > 2000")
        said.append(until_waiting(process))
        process.send_signal(signal.SIGINT)
        rest, error = process.communicate(timeout=300)
    assert_golden("preview/watch.txt", "".join(said))
    assert (process.returncode, rest) == (OK, "")
    assert error == "\n1 error in 1 of 1 file of dag_configs/.\n"


def until_waiting(process: "subprocess.Popen[str]") -> str:
    """What it prints up to the line that says that it waits."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(re.sub(r"at \d\d:\d\d:\d\d", "at HH:MM:SS", steady(line)))
        if line.startswith("Waiting for "):
            return "".join(lines)
    raise EOFError("".join(lines))


@pytest.mark.usefixtures("daily")
def test_without_the_driver(tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('not installed')")
    done = subprocess.run(
        [sys.executable, "-m", "summary_tables", "preview", "dag_configs/daily.yaml", "--warehouse", "postgresql://x"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        USAGE,
        "",
        'summary-tables: the PostgreSQL driver is missing, which this needs: pip install "summary-tables[warehouse]"\n',
    )


def test_braces_that_are_text_are_rows_as_they_are_meant(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT '{{' || name || '}}' AS mark FROM (VALUES ('first_name')) AS v (name)"
    file = configs / "marks.yaml"
    file.write_text(f"table: marks\nschema: analytics\nmain_sql: |\n  {sql}\n")
    code, said = call(capsys, "dag_configs/marks.yaml")
    assert code == PROBLEMS
    assert "two braces hold a date of the run, not `' || name || '`" in said
    change(file, "'{{' || name", "'{{ '{{' }}' || name")
    code, said = call(capsys, "dag_configs/marks.yaml")
    assert code == OK
    assert "{{first_name}}" in said


@pytest.fixture
def repository(configs: Path) -> GitRepository:
    """The folder as a branch `change` finds it, with two tables that take their schedule from the defaults."""
    for table in ("weekly_nps", "users"):
        sql = "SELECT LEFT(created_at, 4) AS year, COUNT(1) AS n FROM raw_data.nps WHERE created_at > '{{ ds }}' "
        sql += "GROUP BY 1"
        (configs / f"{table}.yaml").write_text(f'table: {table}\nschema: analytics\nmain_sql: "{sql}"\n', "utf-8")
    found = new_repository(configs.parent)
    found.commit()
    found.git("switch", "-qc", "change")
    return found


def test_changed_defaults(configs: Path, repository: GitRepository, capsys: pytest.CaptureFixture[str]) -> None:
    """What is committed on the branch counts, and so does what is not yet."""
    defaults = configs / "defaults.yaml"
    change(defaults, "retries: 1", "retries: 2")
    change(defaults, "conn_id: slack_default", "conn_id: slack_data")
    repository.commit()
    nothing, of_nothing = call(capsys, "dag_configs/defaults.yaml", *DAY)
    change(defaults, '"@daily"', '"@weekly"')
    code, said = call(capsys, "dag_configs/defaults.yaml", *DAY)
    change(defaults, '"@weekly"', '"@wekly"')
    broken, of_broken = call(capsys, "dag_configs/defaults.yaml", *DAY)
    repository.git("checkout", "-q", "main", "--", "dag_configs/defaults.yaml")
    _, of_same = call(capsys, "dag_configs/defaults.yaml", *DAY)
    text = "\n".join((of_nothing, said, of_broken, of_same))
    assert_golden("preview/changed_defaults.txt", re.sub(r"commit [0-9a-f]{12}", "commit 0123456789ab", text))
    assert (nothing, code, broken) == (OK, OK, PROBLEMS)


def test_defaults_of_many_tables_without_git(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(1, 13):
        sql = "SELECT 1 AS one" if number != 2 else "SELECT 1 AS one WHERE false"
        check = "output_check: [{sql: 'SELECT COUNT(1) FROM {schema}.temp_{table}', count: 1}]"
        text = f"table: t{number:02}\nschema: analytics\nmain_sql: {sql}\n{check}\n"
        (configs / f"t{number:02}.yaml").write_text(text, "utf-8")
    code, said = call(capsys, "dag_configs/defaults.yaml", *DAY, "--rows", "0")
    assert_golden("preview/defaults_of_many_tables.txt", said)
    assert code == PROBLEMS
