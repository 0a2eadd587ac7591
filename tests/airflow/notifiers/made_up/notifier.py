"""Writes down what it is told."""

from pathlib import Path

from summary_tables.runs.report import RunReport
from tests.airflow.notifiers.made_up.settings import MadeUp


def tell(report: RunReport, settings: MadeUp) -> None:
    called = f"{settings.call} " if report.is_urgent else ""
    with Path(settings.file).open("a", encoding="utf-8") as file:
        file.write(f"{called}{report.headline}\n{report}\n")
