"""What --fix would write: only what helps, and nothing that brings a new problem."""

import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.lint import fix
from summary_tables.lint.engine import lint
from summary_tables.lint.fix import fixed_files
from summary_tables.lint.rule_selection import RuleSelection
from summary_tables.model.problem import Problem

HEAD = "table: sales\nschema: analytics\n"
CASES = Path(__file__).parents[1] / "cases" / "lint" / "invalid"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    return found


def fixed(folder: Path, text: str, selection: RuleSelection | None = None) -> str:
    """`text` as it would be written; the file itself stays."""
    path = folder / "sales.yaml"
    path.write_bytes(text.encode())
    files = fixed_files([path], selection or RuleSelection())
    assert path.read_bytes() == text.encode()
    assert [file.path for file in files] == [path] * len(files)
    return files[0].after.decode() if files else text


def test_mistakes_that_hide_each_other_are_fixed_in_turn(folder: Path) -> None:
    text = "tabel: sales\nschema: analytics\nowner:growth\nmain_sql: SELECT 1 AS one;\n"
    assert fixed(folder, text) == "table: sales\nschema: analytics\nowner: growth\nmain_sql: SELECT 1 AS one\n"


def test_mistakes_of_yaml_are_fixed_from_top_to_bottom(folder: Path) -> None:
    text = "table: sales\nschema: analytics\nowner:growth\nschedule: @daily\nmain_sql: SELECT 1 AS one\n"
    assert [problem.line for problem in lint_of(folder, text)] == [3]
    assert fixed(folder, text) == text.replace("owner:", "owner: ").replace("@daily", '"@daily"')


def test_more_mistakes_than_lint_says_are_fixed(folder: Path) -> None:
    text = "table: sales\nschema: analytics\nmain_sql: SELECT {} AS total\n"
    dashes, minuses = (text.format(f" {sign} ".join(["1"] * 300)) for sign in ("–", "-"))  # noqa: RUF001 - no minus
    assert fixed(folder, dashes) == minuses


def test_line_ends_and_bom_stay(folder: Path) -> None:
    text = "\ufefftabel: sales\r\nschema: analytics\r\nmain_sql: SELECT 1 AS one;\r\n"
    expected = "\ufefftable: sales\r\nschema: analytics\r\nmain_sql: SELECT 1 AS one\r\n"
    assert fixed(folder, text) == expected


def test_fix_that_brings_another_problem_is_not_kept(folder: Path) -> None:
    text = "table: sales\nschema: analytics\nretires: many\nmain_sql: SELECT 1 AS one;\n"
    assert any(problem.edit for problem in lint_of(folder, text))
    assert fixed(folder, text) == text


def test_error_is_fixed_though_the_query_that_can_be_read_then_has_milder_problems(folder: Path) -> None:
    text = "table: sales\nschema: analytics\nmain_sql: SELECT a {} 1 AS total FROM shop.orders\n"
    assert fixed(folder, text.format("–")) == text.format("-")  # noqa: RUF001 - the dash that is no minus
    assert [problem.level for problem in lint_of(folder, text.format("-"))] == ["info"]


def test_good_fix_beside_a_bad_one_is_kept(folder: Path) -> None:
    text = "table: sales\nschema: analytics\nretires: many\nownr: growth\nmain_sql: SELECT 1 AS one;\n"
    assert fixed(folder, text) == text.replace("ownr", "owner")


def test_file_that_would_still_be_no_yaml_is_left_alone(folder: Path) -> None:
    text = "table: sales\nschema: analytics\nowner:growth\nmain_sql: SELECT 1 AS one\n? [a\n"
    assert [problem.line for problem in lint_of(folder, text) if problem.edit] == [3]
    assert fixed(folder, text) == text


def test_many_fixes_take_a_time_that_grows_with_their_number(folder: Path) -> None:
    def seconds(count: int) -> float:
        columns = "".join(f"  , \u2018x\u2019 AS b{number}\n" for number in range(count))
        began = time.process_time()
        assert "\u2018" not in fixed(folder, f"{HEAD}main_sql: |\n  SELECT 1 AS a\n{columns}")
        return time.process_time() - began

    assert seconds(6_000) < 24 * max(seconds(500), 0.1)


def test_fixing_ends_after_some_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEAD}main_sql: SELECT \u2018x\u2019 AS b\n"
    assert fixed(folder, text) != text
    monkeypatch.setattr(fix, "MOST_SECONDS", -1)
    assert fixed(folder, text) == text


def test_only_selected_rules_are_fixed(folder: Path) -> None:
    text = "table: sales\nschema: analytics\nmain_sql: SELECT 1 AS one;\n"
    assert fixed(folder, text, RuleSelection(ignore=frozenset({"trailing-semicolon"}))) == text
    assert fixed(folder, text, RuleSelection(select=frozenset({"trailing-semicolon"}))) == text.replace(";", "")


def test_ignored_problem_is_not_fixed(folder: Path) -> None:
    text = "table: sales\nschema: analytics\n# lint: ignore[trailing-semicolon] a habit\nmain_sql: SELECT 1 AS one;\n"
    assert fixed(folder, text) == text


def test_other_files_of_the_folder_are_not_touched(folder: Path) -> None:
    (folder / "other.yaml").write_text("tabel: other\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    (folder / "sub").mkdir()
    fixed(folder, "tabel: sales\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    assert (folder / "other.yaml").read_text().startswith("tabel")
    assert sorted(path.name for path in folder.iterdir()) == ["other.yaml", "sales.yaml", "sub"]


def test_defaults_are_fixed_too(folder: Path) -> None:
    (folder / "defaults.yaml").write_text("ownr: growth\n")
    (folder / "sales.yaml").write_text("table: sales\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    assert [(file.name, file.after) for file in fixed_files([folder])] == [
        ("dag_configs/defaults.yaml", b"owner: growth\n")
    ]


def test_every_case_is_better_after_its_fix_and_nothing_is_left_to_fix(folder: Path) -> None:
    for case in CASES.glob("*.yaml"):
        shutil.copy(case, folder)
    files = fixed_files([folder])
    assert len(files) > 40
    for path in set(folder.iterdir()) - {file.path for file in files}:
        path.unlink()
    before = _words(folder)
    for file in files:
        file.write()
    after = _words(folder)
    for file in files:
        assert before[file.name] - after.get(file.name, set()), file.name
    assert fixed_files([folder]) == ()


SEEDS = sorted(path.read_bytes() for path in CASES.glob("*.yaml"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_no_text_makes_it_fail_or_worse(seed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(start + 5, len(seed))))
    inserted = data.draw(st.binary(max_size=3) | st.sampled_from([b"\t", b"\n", b"'", b'"', b": ", b"- ", b"{", b";"]))
    with TemporaryDirectory() as place:
        path = Path(place) / "sales.yaml"
        path.write_bytes(seed[:start] + inserted + seed[end:])
        before = lint([path]).problems
        for file in fixed_files([path]):
            file.write()
            assert set(before) - set(lint([path]).problems)


def _words(folder: Path) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for problem in lint([folder]).problems:
        found.setdefault(problem.file, set()).add((problem.rule, f"{problem.line} {problem.message}"))
    return found


def lint_of(folder: Path, text: str) -> list[Problem]:
    path = folder / "sales.yaml"
    path.write_bytes(text.encode())
    return list(lint([path]).problems)
