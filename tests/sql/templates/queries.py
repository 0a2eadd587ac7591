"""The corpora of templates, and the dates of one run."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from summary_tables.sql.templates.dates import template_dates

START = datetime(2026, 11, 21, 3, tzinfo=UTC)
DATES = template_dates(logical_date=START, start=START, end=START + timedelta(days=1), due=START)

_CASES = Path(__file__).parents[2] / "cases" / "templates"


def corpus(name: str) -> list[str]:
    """The queries of `tests/cases/templates/<name>.yaml`."""
    found: list[str] = yaml.safe_load((_CASES / f"{name}.yaml").read_text("utf-8"))
    return found
