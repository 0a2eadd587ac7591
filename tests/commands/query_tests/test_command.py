"""`summary-tables test`, from the command line to the last row that differs."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from demo import query_test_databases
from demo.kept_warehouse import kept_warehouse
from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.commands.options import sample_server
from summary_tables.commands.query_tests import command
from summary_tables.model.checkout import REPOSITORY
from tests.golden_files import assert_golden

_FAILING = """\
table: failing
schema: analytics
owner: growth
main_sql: |
  SELECT LEFT(created_at, 10) AS date, COUNT(1) AS answers, MAX(score) AS best
  FROM raw_data.nps
  GROUP BY 1
tests:
  - name: right
    expect: []
  - name: 틀린 행 😀
    given:
      raw_data.nps:
        - {created_at: "2026-01-01 10:00:00", score: 3}
        - {created_at: "2026-01-02 10:00:00"}
        - {created_at: "한국어 100% $1 <b>", score: 1}
        - {created_at: ""}
    expect:
      - {date: "2026-01-01", answers: 1, best: 3}
      - {date: "2026-01-02", answers: 2, best: 0}
      - {date: "2026-01-03", answers: 1, best: null}
  - name: columns that are left out
    given: {raw_data.nps: [{created_at: "2026-01-01", score: 3}, {created_at: "2026-01-01", score: 5}]}
    expect: [{best: 4}]
  - name: more rows than anybody reads
    given:
      raw_data.nps: [MANY]
    expect: []
  - name: bad value
    given: {raw_data.nps: [{score: 11}, {score: eleven}]}
    expect: []
  - name: bad column
    given: {raw_data.nps: [{scores: 11}]}
    expect: []
"""
_SOURCE = """\
table: source
schema: analytics
main_sql: SELECT '1'::text AS code, 2 AS n
columns:
  - {name: code, type: text}
  - name: n
"""
_READS = """\
table: reads
schema: analytics
main_sql: SELECT code || 'x' AS code, n FROM analytics.source
schedule: {after: [analytics.source]}
tests:
  - {name: empty, expect: []}
  - name: text of digits
    given: {analytics.source: [{code: "01", n: 1}]}
    expect: [{code: 01x, n: 1}]
"""
_MANY = ", ".join(f'{{created_at: "2026-01-{day:02}"}}' for day in range(1, 23))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the server for tests runs: each call finds it, which is quicker than starting one for each."""
    home = tmp_path_factory.mktemp("query_tests") / "demo"
    home.mkdir()
    (home / "version").touch()
    contents = query_test_databases.CONTENTS
    with kept_warehouse(home / contents.folder, contents=contents):
        yield home


@pytest.fixture
def running(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls do without the process that keeps the server: what they say is the same."""
    address = (home / query_test_databases.CONTENTS.folder / "address").read_text()
    monkeypatch.setattr(command, "query_test_server", lambda: nullcontext(lambda: address))


@pytest.fixture
def configs(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the three summaries."""
    monkeypatch.setenv("DEMO_HOME", str(home))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    folder = tmp_path / "dag_configs"
    shutil.copytree(REPOSITORY / "dag_configs", folder)
    monkeypatch.chdir(tmp_path)
    return folder


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code, and what is printed on both streams with the same times always."""
    capsys.readouterr()
    code = cli.main(["test", *arguments])
    printed = capsys.readouterr()
    shown = "".join(f"! {line}\n" for line in printed.err.splitlines())
    return code, f"$ summary-tables test {' '.join(arguments)}\n{steady(printed.out + shown)}exit {code}\n"


def steady(text: str) -> str:
    text = re.sub(r"\(\d+ ms\)", "(N ms)", text)
    return re.sub(r'time="[\d.]+"', 'time="S.SSS"', re.sub(r"in \d+\.\d s", "in S.S s", text))


@pytest.mark.usefixtures("configs")
def test_the_three_summaries(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys)
    assert_golden("query_tests/three_summaries.txt", said)
    assert code == OK


@pytest.mark.usefixtures("running")
def test_failures_in_each_form(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (configs / "failing.yaml").write_text(_FAILING.replace("MANY", _MANY), "utf-8")
    for form in ("text", "github", "junit"):
        code, said = call(capsys, "dag_configs/failing.yaml", "--format", form)
        assert_golden(f"query_tests/failing_{form}.txt", said)
        assert code == PROBLEMS


@pytest.mark.usefixtures("running")
def test_in_color_and_chosen_by_name(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (configs / "failing.yaml").write_text(_FAILING.replace("MANY", ""), "utf-8")
    code, said = call(capsys, "-k", "COLUMNS that", "--color", "always")
    _, one_passes = call(capsys, "dag_configs", "-k", "once a month")
    _, none = call(capsys, "-k", "a user counts one a month")
    assert_golden("query_tests/chosen.txt", f"{said}{one_passes}{none}")
    assert code == PROBLEMS


@pytest.mark.usefixtures("running")
def test_one_mistake_in_the_types_of_a_file_is_said_once(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _FAILING.replace("MANY", "").replace(
        "- name: right\n", "- name: right\n    types: {raw_data.nps: {x: txt}}\n"
    )
    (configs / "failing.yaml").write_text(text, "utf-8")
    said = [call(capsys, "dag_configs/failing.yaml", "--format", form)[1] for form in ("text", "concise")]
    assert_golden("query_tests/wrong_type.txt", "".join(said))


@pytest.mark.usefixtures("running")
def test_files_with_errors(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What lint says of a file with tests; what it says of the others is for lint."""
    file = configs / "failing.yaml"
    said = []
    for text in (
        _FAILING.replace("expect: [{best: 4}]", "expected: [{best: 4}]").replace("MANY", "7"),
        _FAILING.replace("{best: 4}", "{bets: 4}").replace("MANY", ""),
        _FAILING.replace("GROUP BY", "GRUOP BY").replace("MANY", ""),
    ):
        file.write_text(text, "utf-8")
        said.append(call(capsys)[1])
    file.write_text(_FAILING.partition("tests:")[0].replace("GROUP BY", "GRUOP BY"), "utf-8")
    said.append(call(capsys, "dag_configs/failing.yaml")[1])
    assert_golden("query_tests/files_with_errors.txt", "\n".join(said))


@pytest.mark.usefixtures("running")
def test_table_whose_own_file_declares_its_columns(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is empty where nothing is given, and its types are those of its file."""
    (configs / "reads.yaml").write_text(_READS, "utf-8")
    (configs / "source.yaml").write_text(_SOURCE, "utf-8")
    assert call(capsys, "dag_configs/reads.yaml") == (
        OK,
        "$ summary-tables test dag_configs/reads.yaml\ndag_configs/reads.yaml\n  passed  empty (N ms)\n"
        "  passed  text of digits (N ms)\n! 2 tests passed in S.S s.\nexit 0\n",
    )


_CHAIN = {
    "days": """\
main_sql: SELECT created_at::date AS day, AVG(score) AS mean, COUNT(1) AS n FROM raw_data.nps GROUP BY 1
""",
    "weeks": """\
main_sql: SELECT DATE_TRUNC('week', day)::date AS week, MAX(mean) AS best, SUM(n) AS n FROM analytics.days GROUP BY 1
""",
    "rated": """\
main_sql: SELECT week, best::integer AS best, n > 100 AS is_busy FROM analytics.weeks JOIN raw_data.mine USING (week)
tests:
  - name: no rows
    expect: []
  - name: a number and a date
    given:
      analytics.weeks: [{week: "2026-01-05", best: 4.6, n: 101}]
      raw_data.mine: [{week: 2026-01-05, mood: gut}]
    expect: [{week: "2026-01-05", best: 5, is_busy: true}]
  - name: a column that it lacks
    given: {analytics.weeks: [{weak: 2026-01-05}]}
    expect: []
""",
    "lost": """\
main_sql: SELECT nothing FROM raw_data.unknown
""",
    "of_lost": """\
main_sql: SELECT nothing FROM analytics.lost
tests: [{name: empty, expect: []}]
""",
}
_MINE = """\
schema: raw_data
tables: [{name: mine, columns: [{name: week, type: date}, {name: mood, type: raw_data.mood}]}]
types: [{name: mood, values: [gut, schlecht]}]
"""


@pytest.mark.usefixtures("running")
def test_columns_of_other_files_and_of_known_sources(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(configs)
    (configs / "sources").mkdir(parents=True)
    (configs / "sources" / "raw_data.yaml").write_text(_MINE, "utf-8")
    for name, text in _CHAIN.items():
        (configs / f"{name}.yaml").write_text(f"table: {name}\nschema: analytics\n{text}", "utf-8")
    code, said = call(capsys, "dag_configs")
    assert_golden("query_tests/chain.txt", said)
    assert code == PROBLEMS


@pytest.mark.usefixtures("running")
def test_comments_for_lint_stop_no_test(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = configs / "nps_summary.yaml"
    file.write_text(f"# lint: ignore[warehouse-table] made by somebody else\n{file.read_text()}")
    assert call(capsys, "dag_configs/nps_summary.yaml")[0] == OK


@pytest.mark.usefixtures("running")
def test_redshift(configs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    defaults = configs / "defaults.yaml"
    defaults.write_text(defaults.read_text().replace("dialect: postgres", "dialect: redshift"))
    assert call(capsys, "dag_configs/nps_summary.yaml") == (
        USAGE,
        "$ summary-tables test dag_configs/nps_summary.yaml\n"
        "! summary-tables: tests run on PostgreSQL; they cannot speak the SQL of Redshift yet\nexit 2\n",
    )


@pytest.mark.usefixtures("configs", "running")
def test_report_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = call(capsys, "--format", "junit", "--output", "report.xml")
    assert (code, said.splitlines()[1]) == (OK, "! 7 tests passed in S.S s.")
    assert 'tests="7" failures="0"' in (tmp_path / "report.xml").read_text()


@pytest.mark.usefixtures("configs")
def test_calls_at_the_same_time_use_one_server() -> None:
    calls = [
        subprocess.Popen([sys.executable, "-m", "summary_tables", "test"], stdout=subprocess.PIPE) for _ in range(2)
    ]
    assert [(process.wait(600), process.stdout is not None) for process in calls] == [(OK, True)] * 2
    for process in calls:
        assert process.stdout is not None
        assert process.stdout.read().count(b"  passed  ") == 7
        process.stdout.close()


def test_outside_of_a_checkout(
    configs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert configs.is_dir()
    monkeypatch.setattr(sample_server.SampleData.__init__, "__defaults__", (tmp_path, sample_server.SAMPLE))
    code, said = call(capsys)
    assert code == USAGE
    assert "there is no server for tests here: it comes with a checkout of the repository only\n" in said
