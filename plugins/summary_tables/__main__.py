"""`python -m summary_tables`."""

import sys

from summary_tables.cli import main

# Airflow runs every file that it takes for a plug-in, under the bare name of the file: this one as `__main__`, too.
if __name__ == "__main__" and __spec__ is not None and __spec__.name == "summary_tables.__main__":
    sys.exit(main())
