"""The forms in which problems can be reported.

To add one: a module here with a function `report` (see `report.Report`), its golden file, and a line below.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from summary_tables.lint.reports.report import Report

REPORTS: Mapping[str, str] = {
    "text": "for people, each problem with its line",
    "concise": "one line a problem",
    "github": "annotations on a pull request",
    "markdown": "a table for a comment",
    "json": "for programs",
    "sarif": "for code scanning",
    "junit": "for servers that show test results",
}
"""By the name that `--format` takes, which is that of the module: whom the form is for."""

# Airflow runs a file that it takes for a plug-in under its bare name: it would replace Python's own module.
_MODULES = {"json": "json_document", "markdown": "markdown_table"}


def report_form(name: str) -> Report:
    """The function `report` of the form's module; only the one that is asked for is imported."""
    return cast(Report, import_module(f"summary_tables.lint.reports.{_MODULES.get(name, name)}").report)
