"""Whatever a file, its name or its columns hold: nothing that steers a terminal reaches one, in any form of report."""

import argparse
import json
import re
from pathlib import Path

import pytest

from summary_tables.commands.lint import warehouse_option
from summary_tables.commands.lint.summary import verdict
from summary_tables.lint.build_check import check_folder
from summary_tables.lint.engine import lint
from summary_tables.lint.reports import REPORTS, report_form
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import ConfigError
from summary_tables.text.visible import escaped

# An escape, a C1 control that terminals read as one, a bell, a return, a mark that turns what follows around, a line
# separator, half a character.
HOSTILE = r"\e[31m\x9b2J\a\r\u202Eevil\u2028\uD800"
STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "dag_configs\x1b[2J"
    folder.mkdir()
    keys = ("table", "schema", "owner", "schedule", "main_sql", f"x{HOSTILE}")
    for number, key in enumerate(keys):
        values = {"table": "t", "schema": "s", "owner": "o", "schedule": "none", "main_sql": "SELECT 1 AS one"}
        values |= {key: HOSTILE}
        text = "".join(f'"{name}": "{value}"\n' for name, value in values.items())
        (folder / f"file_{number}.yaml").write_text(text)
    (folder / "raw.yaml").write_text("table: \x1b[31m\x9b\n")
    (folder / "sql.yaml").write_text('table: sql\nschema: s\nowner: o\nmain_sql: "SELEC \\e[31m FROM \\u202e"\n')
    (folder / "na\x1b[31m\u202eme.yaml").write_text("table: a\n")
    (folder / "li\x1bnk.yml").symlink_to("\x1b[31m")
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> LintResult:
    return lint([folder])


@pytest.mark.parametrize("form", REPORTS)
def test_no_form_of_report_steers_a_terminal(form: str, result: LintResult) -> None:
    text = report_form(form)(result, ReportOptions())
    assert STEERS.findall(text) == []
    text.encode()


def test_json_keeps_the_value() -> None:
    value = {"a": "\x1b[31m\x9b\u202e\u2028\ud800é\n한"}
    written = escaped(json.dumps(value, ensure_ascii=False, indent=2))
    assert STEERS.findall(written) == []
    assert "é" in written
    assert json.loads(written) == value


def test_last_line(result: LintResult) -> None:
    assert "of dag_configs␛[2J/." in verdict(result)


def test_errors_that_airflow_shows(folder: Path) -> None:
    text = str(ConfigError(check_folder(folder).problems))
    assert len(text.splitlines()) >= 9
    assert STEERS.findall(text) == []
    text.encode()


class _Check:
    def columns_text(self) -> str:
        return "dag_configs/a.yaml\n  a\x1b[31mb\u202e  text\n  a\nb\r  text\n"


def test_columns_of_a_query() -> None:
    shown = warehouse_option.columns(_Check(), argparse.Namespace(show_columns=True))  # type: ignore[arg-type]  # it is asked for the text only
    assert shown == "dag_configs/a.yaml\n  a␛[31mb<U+202E>  text\n  a\nb␍  text\n"
