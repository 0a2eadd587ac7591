"""Where a deployment remembers which files are good: in Airflow's home, or where an engineer says."""

import os
from pathlib import Path

from airflow.configuration import AIRFLOW_HOME

from summary_tables.configs.known_good import KnownGood, known_good

VARIABLE = "SUMMARY_TABLES_KNOWN_GOOD"
"""The folder; empty: nothing is remembered."""


def memory_of(configs: Path) -> KnownGood | None:
    """What is known of the folder `configs`; None where nothing can be remembered safely."""
    place = os.environ.get(VARIABLE, str(Path(AIRFLOW_HOME, "summary_tables_known_good")))
    return known_good(Path(place) if place else None, configs)
