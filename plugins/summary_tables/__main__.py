"""`python -m summary_tables`."""

import sys

from summary_tables.cli import main

sys.exit(main())
