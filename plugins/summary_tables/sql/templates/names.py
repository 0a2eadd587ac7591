"""The names that SQL may use in `{{ ... }}`. Pure: lint, which knows no Airflow, asks for them, too."""

from datetime import UTC, datetime

from summary_tables.sql.templates.dates import template_dates

DATE_NAMES: tuple[str, ...] = tuple(
    template_dates(logical_date=None, start=None, end=None, due=datetime(2026, 1, 1, tzinfo=UTC))
)
"""`ds` and the like; see `template_dates`."""
