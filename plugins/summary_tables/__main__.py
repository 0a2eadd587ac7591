"""`python -m summary_tables`."""

import sys

from summary_tables.cli import main

# Airflow imports every file of a folder that it takes for one of plug-ins, this one too.
if __name__ == "__main__":
    sys.exit(main())
