"""`python run_dag.py FOLDER TABLE`: one run of a table in this process, in which OpenLineage's provider is a plugin."""

import sys
from pathlib import Path

from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read

if __name__ == "__main__":
    folder, table = sys.argv[1:]
    run = build_dag(read(table, Path(folder))).test()
    sys.exit(0 if str(run.state) == "success" else 1)
