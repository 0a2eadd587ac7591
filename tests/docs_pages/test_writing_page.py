"""The analyst's page: what it tells people to copy works as it stands."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from docs_pages import DOCS
from docs_pages.writing_page import NAME, new_file_link
from summary_tables import cli
from summary_tables.lint.rule_index import RULE_IDS

PAGE = (DOCS / NAME).read_text("utf-8")


def said(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str) -> tuple[str, str]:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / name).write_text(text, "utf-8")
    cli.main(["lint", str(folder / name)])
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_link_opens_a_table_that_lint_has_nothing_to_say_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = parse_qs(urlsplit(new_file_link()).query)
    assert said(tmp_path, capsys, query["filename"][0], query["value"][0]) == ("", "1 file is fine.\n")


def test_example_is_a_table_that_lint_has_nothing_to_say_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = PAGE.partition("```yaml\n")[2].partition("```")[0]
    assert said(tmp_path, capsys, "orders_by_day.yaml", example) == ("", "1 file is fine.\n")


def test_table_that_grows_is_one_that_lint_has_nothing_to_say_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = (DOCS / "growing_table.md").read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    assert said(tmp_path, capsys, "visits_by_day.yaml", example) == ("", "1 file is fine.\n")


def test_rules_that_it_explains_exist() -> None:
    table = PAGE.partition("| rule | what it means |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(named) >= 8
    assert set(named) <= set(RULE_IDS)
