"""Where this library stands: in a checkout beside `dag_configs/` and `demo/`, or installed."""

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1]
REPOSITORY: Final = PACKAGE.parents[1]
"""Where the library is installed, it is no repository: whoever looks for a folder in it asks whether it is there."""
