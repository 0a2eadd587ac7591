"""`summary-tables new`: what it asks, what it writes, and that it leaves nothing where it does not succeed."""

import os
import pty
import select
import shutil
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden

FLAGS = ["--table", "refunds", "--schema", "analytics", "--description", "Refunds per day."]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository's tables, copied below the folder where the person stands; no sources are known."""
    found = tmp_path / "dag_configs"
    shutil.copytree(REPOSITORY / "dag_configs", found, ignore=shutil.ignore_patterns("sources"))
    monkeypatch.chdir(tmp_path)
    return found


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


OLD = {"channel_summary.yaml", "defaults.yaml", "mau_summary.yaml", "nps_summary.yaml"}


def new(*arguments: str) -> int:
    return cli.main(["new", *arguments])


def assert_lint_says_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", "--format", "concise", str(path)]) == OK
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("example", []),
        ("cron", ["--schedule", "30 6 * * 1", "--owner", "growth", "--source", "raw_data.refunds"]),
        ("after", ["--after", "analytics.mau_summary", "--after", "analytics.nps_summary"]),
        ("by_hand", ["--schedule", "none"]),
        ("sql", ["--sql", "query.sql"]),
    ],
)
def test_file_from_flags(name: str, flags: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("query.sql").write_text(
        "\n    SELECT A.day, COUNT(1) AS refunds  -- it's per day\n      FROM raw_data.refunds A\n"
        "      JOIN raw_data.orders B ON A.order_id = B.id\n     GROUP BY 1;\n"
    )
    code = new(*FLAGS, *flags)
    printed = capsys.readouterr()
    text = (folder / "refunds.yaml").read_text("utf-8")
    assert_golden(f"new/{name}.txt", f"{printed.out}{printed.err}exit {code}\n--- dag_configs/refunds.yaml\n{text}")
    assert_lint_says_nothing(folder / "refunds.yaml", capsys)


def test_folder_without_anything_gets_a_file_that_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(*FLAGS, "--folder", str(tmp_path)) == OK
    assert "SELECT 'hello' AS word, 1 AS number" in (tmp_path / "refunds.yaml").read_text()
    capsys.readouterr()
    assert_lint_says_nothing(tmp_path / "refunds.yaml", capsys)


@pytest.mark.parametrize(
    "defaults", ["schedule: {after: [analytics.mau_summary]}\n", "owners: [data, growth, marketing]\n"]
)
def test_defaults_of_any_kind(defaults: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "defaults.yaml").write_text(defaults)
    assert new(*FLAGS) == OK
    capsys.readouterr()
    assert_lint_says_nothing(folder / "refunds.yaml", capsys)


WITHOUT_TERMINAL = [
    ([], "no terminal to ask on: say --table, --schema, --description"),
    (["--table", "refunds", "--schema", "analytics"], "no terminal to ask on: say --description"),
    (
        [*FLAGS, "--table", "Refunds"],
        '--table: `table` is "Refunds"; it must be lower-case letters, digits and _, and not begin with a digit; '
        "fix: write `refunds`",
    ),
    (
        [*FLAGS, "--table", "nps_summary"],
        "--table: dag_configs/nps_summary.yaml exists; fix: choose another name, or change that file",
    ),
    (
        [*FLAGS, "--table", "defaults"],
        "--table: dag_configs/defaults.yaml holds what all tables share; fix: choose another name",
    ),
    (
        [*FLAGS, "--schema", "summary_tables"],
        "--schema: `summary_tables` holds the versions and the build log of all tables; no table can stand there; "
        "fix: name the schema in which people read the table",
    ),
    ([*FLAGS, "--schedule", "0 25 * * *"], "--schedule: hour 25 does not exist (0-23)"),
    (
        [*FLAGS, "--after", "analytics.mau_sumary"],
        "--after: `after` names analytics.mau_sumary, which no file here builds, so this table would never start; "
        "fix: write `analytics.mau_summary`",
    ),
    ([*FLAGS, "--after", "analytics.mau_summary", "--schedule", "none"], "--schedule and --after exclude each other"),
    ([*FLAGS, "--source", "raw data"], "--source: raw data is no table with its schema, such as raw_data.nps"),
    ([*FLAGS, "--sql", "none.sql"], "--sql: none.sql cannot be read: No such file or directory"),
    ([*FLAGS, "--sql", "empty.sql"], "--sql: empty.sql is empty"),
    ([*FLAGS, "--sql", "korean.sql"], "--sql: korean.sql is not UTF-8"),
    ([*FLAGS, "--folder", "nowhere"], "nowhere is not a folder"),
    ([*FLAGS, "--description", "half \udcc1"], "--description: the answer is not UTF-8"),
]


@pytest.mark.parametrize(("arguments", "said"), WITHOUT_TERMINAL, ids=lambda value: str(value)[-40:])
def test_wrong_flags(arguments: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.sql").write_text(" \n")
    Path("korean.sql").write_bytes("SELECT '한글' AS a".encode("cp949"))
    assert new(*arguments) == USAGE
    assert capsys.readouterr() == ("", f"summary-tables: {said}\n")
    assert names(folder) == OLD


def test_wrong_query_is_said_at_its_place_in_its_own_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("query.sql").write_text("\n  \n    SELECT day AS day\n      FROM raw_data.refunds\n     ORDR BY 1\n")
    assert new(*FLAGS, "--sql", "query.sql") == PROBLEMS
    printed = capsys.readouterr()
    assert printed.out.startswith("query.sql:5:6: error[sql-syntax] ")
    assert printed.err == "Nothing was written.\n"
    assert names(folder) == OLD


def test_warning_of_a_query_is_said_and_the_file_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT day, SUM(amount) FROM raw_data.refunds GROUP BY 1;"
    done = subprocess.run(
        [sys.executable, "-m", "summary_tables", "new", *FLAGS, "--sql", "-"],
        input=query, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == OK
    lines = done.stdout.splitlines()
    assert lines[0] == "Wrote dag_configs/refunds.yaml."
    assert lines[1].startswith("dag_configs/refunds.yaml:15:15: warning[unnamed-column] ")
    assert lines[2] == "Next:"
    assert "  SELECT day, SUM(amount) FROM raw_data.refunds GROUP BY 1\n" in (folder / "refunds.yaml").read_text()
    capsys.readouterr()


def test_force_replaces_a_file_and_only_that(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(*FLAGS, "--table", "nps_summary", "--force") == OK
    assert "Refunds per day." in (folder / "nps_summary.yaml").read_text()
    assert names(folder) == OLD
    capsys.readouterr()
    assert_lint_says_nothing(folder / "nps_summary.yaml", capsys)


class Terminal:
    """The command on a terminal of its own, driven as a person would."""

    def __init__(self, arguments: list[str]) -> None:
        self._side, other = pty.openpty()
        termios.tcsetwinsize(self._side, (50, 200))
        # What is typed is UTF-8, whatever the machine is set to.
        environment = {**os.environ, "TERM": "dumb", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-m", "summary_tables", "new", *arguments]
        # Only the terminal of one's own session turns Ctrl-C into a signal.
        self._process = subprocess.Popen(
            command, env=environment, pass_fds=[other], preexec_fn=lambda: os.login_tty(other)
        )
        os.close(other)
        self._shown = b""

    def type(self, text: str) -> None:
        """Types once the command asks."""
        before = len(self._shown)
        while not (len(self._shown) > before and self._shown.endswith(b"> ")):
            self._read()
        os.write(self._side, text.encode())

    def press_until_it_ends(self, key: str) -> None:
        """Python's input() can miss a Ctrl-C that comes while it begins to wait; people press it again."""
        self.type(key)
        while not select.select([self._side], [], [], 10)[0]:
            os.write(self._side, key.encode())

    def end(self) -> tuple[str, int]:
        """All that was shown, and the exit code."""
        while self._read():
            pass
        os.close(self._side)
        shown = "\n".join(line.rstrip() for line in self._shown.decode().replace("\r\n", "\n").split("\n"))
        return shown, self._process.wait(timeout=300)

    def _read(self) -> bool:
        assert select.select([self._side], [], [], 300)[0], self._shown
        try:
            found = os.read(self._side, 10_000)
        except OSError:  # what Linux says once the other side is closed
            return False
        self._shown += found
        return bool(found)


CONVERSATIONS = {
    "five_answers": ["refunds\n", "analytics\n", "하루의 환불: “금액” # 건수 🙂\n", "growth\n", "1\n"],
    "enter_takes_what_is_offered": ["refunds\n", "\n", "Refunds per day.\n", "\n", "\n"],
    "wrong_answers_are_asked_again": [
        *("Refunds\n", "nps_summary\n", "defaults\n", "\n", "refunds\n"),
        *("summary_tables\n", "analytics\n"),
        *("\n", "Refunds per day.\n"),
        "growth\n",
        *("2\n", "0 25 * * *\n", "sometimes\n", "3\n", "analytics.mau_sumary\n"),
        "3\n",
        "analytics.mau_summary, analytics.nps_summary\n",
    ],
    "cron_is_typed_at_once": ["refunds\n", "analytics\n", "Refunds per day.\n", "growth\n", "30 6 * * 1\n"],
    "by_hand": ["refunds\n", "analytics\n", "Refunds per day.\n", "growth\n", "4\n"],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_conversation_on_a_terminal(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal([])
    for answer in CONVERSATIONS[name]:
        terminal.type(answer)
    shown, code = terminal.end()
    text = (folder / "refunds.yaml").read_text("utf-8")
    assert_golden(f"new/terminal_{name}.txt", f"{shown}exit {code}\n--- dag_configs/refunds.yaml\n{text}")
    assert_lint_says_nothing(folder / "refunds.yaml", capsys)


def test_only_what_no_flag_says_is_asked(folder: Path) -> None:
    terminal = Terminal([*FLAGS, "--schedule", "none"])
    terminal.type("growth\n")
    shown, code = terminal.end()
    assert [line for line in shown.splitlines() if line[:1].isdigit()] == [
        "4. Which person or team answers for it? Known here: growth, marketing."
    ]
    assert code == OK
    assert names(folder) == OLD | {"refunds.yaml"}


@pytest.mark.parametrize("last", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("answers", [0, 1, 4])
def test_leaving_early_leaves_nothing(last: str, answers: int, folder: Path) -> None:
    terminal = Terminal([])
    for answer in CONVERSATIONS["five_answers"][:answers]:
        terminal.type(answer)
    terminal.press_until_it_ends(last)
    shown, code = terminal.end()
    assert shown.endswith("\nNothing was written.\n")
    assert "Traceback" not in shown
    assert code == PROBLEMS
    assert names(folder) == OLD
