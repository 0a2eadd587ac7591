"""The command as people call it: what it prints where, and its exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE

GOOD = "table: {}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"
EMPTY = """\
dag_configs/bad.yaml: error[file] the file is empty
  = fix: copy another config of this folder and change it
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite itself may run in Actions or under a terminal's settings."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "good.yaml").write_text(GOOD.format("good"))
    return found


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, standard output, standard error."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = cli.main(["lint", *map(str, arguments)])
        return code, *capsys.readouterr()

    return call


def test_good_folder(folder: Path, run: Run) -> None:
    (folder / "other.yaml").write_text(GOOD.format("other"))
    assert run(folder) == (OK, "", "2 files are fine.\n")
    assert run(folder / "good.yaml") == (OK, "", "1 file is fine.\n")


def test_all_problems_of_all_files_in_order(folder: Path, run: Run) -> None:
    (folder / "b.yaml").write_text(GOOD.format("b") + "owner: 1\nretries: 0.5\n")
    (folder / "a.yaml").write_text("")
    (folder / "c.yml").write_text(GOOD.format("c"))
    code, out, said = run(folder, "--format", "concise")
    assert (code, said) == (PROBLEMS, "4 errors in 3 of 4 files of dag_configs/. --fix may mend 1 of them.\n")
    assert [line.split(";")[0] for line in out.splitlines()] == [
        "dag_configs/a.yaml: error[file] the file is empty",
        "dag_configs/b.yaml:4:8: error[value] `owner` must be a text, not the number 1",
        "dag_configs/b.yaml:5:10: error[value] `retries` must be a whole number, not the number 0.5",
        "dag_configs/c.yml: error[file-name] the file is not read: configs end in .yaml",
    ]


def test_one_file_is_checked_with_the_defaults_beside_it(folder: Path, run: Run) -> None:
    (folder / "defaults.yaml").write_text("retires: 1\n")
    (folder / "bad.yaml").write_text("")
    code, out, _ = run(folder / "good.yaml")
    assert code == PROBLEMS
    assert out == (
        "dag_configs/defaults.yaml:1:1: error[unknown-key] `retires` is not a key of this file\n"
        "  |\n"
        "1 | retires: 1\n"
        "  | ^^^^^^^\n"
        "  = fix: rename it to `retries`\n"
    )


@pytest.mark.parametrize(
    "arguments", [[], ["dag_configs"], ["./dag_configs/../dag_configs"], ["."], ["dag_configs", "dag_configs/bad.yaml"]]
)
def test_folder_where_the_person_stands(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    (folder / "bad.yaml").write_text("")
    monkeypatch.chdir(folder.parent)
    verdict = "\n1 error in 1 of 2 files of dag_configs/.\n"
    assert run(*arguments) == (PROBLEMS, EMPTY, verdict)
    monkeypatch.chdir(folder)
    assert run(".") == (PROBLEMS, EMPTY, verdict)
    assert run("bad.yaml") == (PROBLEMS, EMPTY, "\n1 error in 1 of 1 file of dag_configs/.\n")


def test_files_that_would_do_nothing_are_named(folder: Path, run: Run) -> None:
    (folder / "sub").mkdir()
    (folder / "empty").mkdir()
    for name in ("sub/a.yaml", "b.YAML", "c.yaml.txt", "README.md", ".hidden.yml"):
        (folder / name).write_text(GOOD)
    assert run(folder, "--format", "concise")[1].splitlines() == [
        "dag_configs/b.YAML: error[file-name] the file is not read: configs end in .yaml; fix: rename it to b.yaml",
        "dag_configs/c.yaml.txt: error[file-name] the file is not read: configs end in .yaml; fix: rename it to c.yaml",
        "dag_configs/sub: error[file-name] the files in this folder are not read; "
        "fix: move them up into the folder above",
    ]
    assert run(folder / "b.YAML")[:2] == (
        PROBLEMS,
        "dag_configs/b.YAML: error[file-name] the file is not read: configs end in .yaml\n"
        "  = fix: rename it to b.yaml\n",
    )


def test_folders_of_one_name_are_told_apart(tmp_path: Path, run: Run) -> None:
    for place in ("team_a", "team_b"):
        (tmp_path / place / "dag_configs").mkdir(parents=True)
        (tmp_path / place / "dag_configs" / "bad.yaml").write_text("")
    _, out, said = run(tmp_path / "team_a/dag_configs", tmp_path / "team_b/dag_configs", "--format", "concise")
    fix = "the file is empty; fix: copy another config of this folder and change it"
    assert out.splitlines() == [
        f"team_a/dag_configs/bad.yaml: error[file] {fix}",
        f"team_b/dag_configs/bad.yaml: error[file] {fix}",
    ]
    assert said == "2 errors in 2 of 2 files.\n"


def test_warnings_alone_are_no_failure_unless_they_count(folder: Path, run: Run) -> None:
    (folder / "bad.yaml").write_text(GOOD.format("bad") + "# lint: ignore[select-star] for later\n")
    code, out, said = run(folder)
    assert code == OK
    assert out == (
        "dag_configs/bad.yaml:4:1: warning[lint-comment] nothing in this file breaks `select-star`, "
        "so this comment ignores nothing\n"
        "  |\n"
        "4 | # lint: ignore[select-star] for later\n"
        "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  = fix: delete it\n"
    )
    assert said == "\n1 warning in 1 of 2 files of dag_configs/.\n"
    assert run(folder, "--strict")[0] == PROBLEMS


def test_infos_never_fail(folder: Path, run: Run) -> None:
    (folder / "bad.yaml").write_text(GOOD.format("bad").replace("one", "one;"))
    code, out, said = run(folder, "--strict")
    assert (code, out.splitlines()[0]) == (
        OK,
        "dag_configs/bad.yaml:3:26: info[trailing-semicolon] the `;` at the end of the query does nothing",
    )
    assert said == "\n1 info in 1 of 2 files of dag_configs/. --fix may mend that.\n"


def test_rules_are_selected_and_ignored(folder: Path, run: Run) -> None:
    (folder / "bad.yaml").write_text("")
    (folder / "c.yml").write_text("")
    empty, name = "dag_configs/bad.yaml: error[file] ", "dag_configs/c.yml: error[file-name] "
    for options, expected in (
        (("--select", "file"), [empty]),
        (("--select", "file,file_name"), [empty, name]),
        (("--select", "file", "--select", "[file-name]"), [empty, name]),
        (("--ignore", "file"), [name]),
        (("--select", "file", "--ignore", "file"), []),
    ):
        out = run(folder, "--format", "concise", *options)[1]
        assert [line.partition("] ")[0] + "] " for line in out.splitlines()] == expected


def test_rule_that_does_not_exist(run: Run) -> None:
    assert run("--select", "selct-star") == (
        USAGE,
        "",
        "summary-tables: there is no rule `selct-star`; write `select-star`\n",
    )
    code, _, said = run("--ignore", "qqqq")
    assert (code, said.startswith("summary-tables: there is no rule `qqqq`; the rules are after, after-cycle, ")) == (
        USAGE,
        True,
    )


def test_explanation_of_a_rule(run: Run) -> None:
    assert run("--explain", "trailing-semicolon") == (
        OK,
        "trailing-semicolon (info)\n"
        "\n"
        "A query needs no `;` at its end: nothing follows it.\n"
        "\n"
        "PASS: `main_sql: SELECT COUNT(1) AS answers FROM raw_data.nps`\n"
        "FAIL: `main_sql: SELECT COUNT(1) AS answers FROM raw_data.nps;`\n"
        "\n"
        "To ignore it, write `# lint: ignore[trailing-semicolon] reason`: at the end of a line for that line, on a "
        "line of\n"
        "its own for the whole file. In SQL write `--` in place of `#`.\n",
        "",
    )
    assert run("--explain", "duplicate-key") == (
        OK,
        "duplicate-key (error)\n"
        "\n"
        "A key stands once in its block: of two, one would win silently.\n"
        "\n"
        "It cannot be ignored in a file: a file that breaks it does not work.\n",
        "",
    )
    assert run("--explain", "yml")[0] == USAGE


def test_report_goes_into_a_file(folder: Path, run: Run, tmp_path: Path) -> None:
    (folder / "bad.yaml").write_text("")
    code, out, said = run(folder, "--format", "json", "--output", tmp_path / "found.json")
    assert (code, out, said) == (PROBLEMS, "", "1 error in 1 of 2 files of dag_configs/.\n")
    assert json.loads((tmp_path / "found.json").read_text("utf-8"))["errors"] == 1
    assert run(folder, "--output", tmp_path / "none" / "x") == (
        USAGE,
        "",
        f"summary-tables: {tmp_path}/none/x cannot be written: no such file or directory\n",
    )


def test_actions_get_annotations_and_a_summary(
    folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad.yaml").write_text("")
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    code, out, said = run(folder)
    assert (code, said) == (PROBLEMS, "1 error in 1 of 2 files of dag_configs/.\n")
    assert out == (
        "::error title=file,file=dag_configs/bad.yaml::dag_configs/bad.yaml: the file is empty"
        "%0Afix: copy another config of this folder and change it\n"
    )
    assert summary.read_text("utf-8") == (
        "# Before\n"
        "| | where | what is wrong | fix |\n"
        "| --- | --- | --- | --- |\n"
        "| ❌ error `file` | dag\\_configs/bad.yaml | the file is empty "
        "| copy another config of this folder and change it |\n"
    )
    assert run(folder, "--format", "concise")[1].startswith("dag_configs/bad.yaml: error[file]")


def test_summary_that_cannot_be_written_is_no_failure(
    folder: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    (folder / "bad.yaml").write_text("")
    assert run(folder)[0] == PROBLEMS
