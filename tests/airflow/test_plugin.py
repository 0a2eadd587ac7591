"""The plugin is there once, by whichever way Airflow finds it."""

import os
import subprocess
import sys

from tests.conftest import REPOSITORY

PLUGINS = """
from airflow.plugins_manager import _get_plugins
plugins, errors = _get_plugins()
print([type(plugin.source).__name__ for plugin in plugins if plugin.name == "summary_tables"], errors)
"""


def loaded(environment: dict[str, str], before: str = "") -> str:
    """How Airflow found the plugin, and what it says is wrong with plugins."""
    done = subprocess.run(
        [sys.executable, "-c", f"{before}{PLUGINS}"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


def test_installed_library_is_its_own_way_in() -> None:
    assert loaded({"AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "nowhere")}) == "['EntryPointSource'] {}"


def test_file_in_the_folder_of_plugins_is_silent_beside_an_installed_library() -> None:
    assert loaded({}) == "['EntryPointSource'] {}"


HIDE_THE_INSTALLED = """
import importlib.metadata, importlib_metadata
def hide(kind):
    discover = kind.discover.__func__
    kind.discover = classmethod(
        lambda cls, **asked: (found for found in discover(cls, **asked) if found.name != "summary-tables")
    )
hide(importlib.metadata.Distribution)
hide(importlib_metadata.Distribution)
"""


def test_library_that_only_lies_in_the_folder_of_plugins() -> None:
    assert loaded({}, HIDE_THE_INSTALLED) == "['PluginsDirectorySource'] {}"
