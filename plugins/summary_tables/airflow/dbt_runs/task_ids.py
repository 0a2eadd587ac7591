"""What the tasks of a dbt project's DAG are called, and under which keys they record things for people."""

from typing import Final

FRESHNESS: Final = "source_freshness"
BUILD: Final = "build"
FAILED: Final = "failed"
"""Mapped: one for each model or test that failed."""

FAILURES_KEY: Final = "failures"
WARNINGS_KEY: Final = "warnings"
"""Lists of `dataclasses.asdict(failure)`."""
