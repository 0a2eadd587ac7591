"""What `export dbt` says to do is done: lint has nothing against it, and it is said no more."""

import ast
from pathlib import Path

import pytest

from summary_tables.cli import main
from tests.conftest import REPOSITORY

FILE = "table: daily\nschema: analytics\nmain_sql: %s\n"
TESTED = FILE + "tests: [{name: one, given: {raw.t: [{day: 2026-01-01}]}, expect: [{day: 2026-01-01}]}]\n"
GROWS = (
    FILE
    % "SELECT day FROM raw.t WHERE day >= '{{ data_interval_start | ds }}' AND day < '{{ data_interval_end | ds }}'"
    + 'schedule: "@daily"\nrefresh: %s\n'
)
DONE_IN_THE_FILE = {
    "for one, write a size in the query and in `type`": (
        FILE % "SELECT 1.5 AS part" + "columns: [{name: part, type: numeric}]\n",
        FILE % "SELECT CAST(1.5 AS numeric(12,2)) AS part" + "columns: [{name: part, type: 'numeric(12,2)'}]\n",
    ),
    "write it with `strftime`": (
        FILE % "|\n  {% set form = 'YYYY' %} SELECT '{{ logical_date.format(form) }}' AS year",
        FILE % "|\n  SELECT '{{ logical_date.strftime('%Y') }}' AS year",
    ),
    "write its schema": (FILE % "SELECT day FROM t", FILE % "SELECT day FROM raw.t"),
    "give the table an alias in the query": (
        TESTED % "SELECT raw.t.day FROM raw.t",
        TESTED % "SELECT t.day FROM raw.t AS t",
    ),
    "check here that the key is `unique` and `not_null`": (
        GROWS % "{merge: {unique_key: day}}",
        GROWS % "{merge: {unique_key: day}}" + "output_check: [{unique: day}, {not_null: day}]\n",
    ),
    "use `delete_insert` here": (GROWS % "append", GROWS % "{delete_insert: {time_column: day}}"),
}
DONE_ELSEWHERE = (
    "name data_interval_start and data_interval_end by --vars",
    "build them one after the other, each named by --vars",
    "look whether all are `ref` or `source`",
    "add a `post_hook` to the model",
    "write a test by hand, if it is needed",
    "load it by another tool, or go on with this file",
    "mend what `summary-tables lint` says of it",
)


@pytest.mark.parametrize("fix", DONE_IN_THE_FILE)
def test_who_does_it_hears_it_no_more(fix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for number, text in enumerate(DONE_IN_THE_FILE[fix]):
        folder = tmp_path / str(number) / "dag_configs"
        folder.mkdir(parents=True)
        (folder / "daily.yaml").write_text(text, "utf-8")
        assert main(["export", "dbt", "--folder", str(folder), "--output", str(folder.parent / "out")]) == 0
        said.append(fix in capsys.readouterr().out)
    assert said == [True, False]


def test_each_remedy_is_done_here_or_elsewhere() -> None:
    folder = REPOSITORY / "plugins" / "summary_tables" / "commands" / "export_dbt"
    known = (*DONE_IN_THE_FILE, *DONE_ELSEWHERE)
    written = [text for path in folder.glob("*.py") for text in _remedies(ast.parse(path.read_text("utf-8")))]
    assert [text for text in written if not any(text.startswith(each) for each in known)] == []
    assert [each for each in known if not any(text.startswith(each) for text in written)] == []


def _remedies(tree: ast.Module) -> list[str]:
    """The texts that are called `fix`, as an argument or before they are one."""
    named = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "fix"]
    named += [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(each, ast.Name) and each.id == "fix" for each in node.targets)
    ]
    return [
        part.value
        for node in named
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
    ]
