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


OF_A_TASK = """
import sys
from airflow.sdk.plugins_manager import _get_plugins
(plugin,) = [plugin for plugin in _get_plugins()[0] if plugin.name == "summary_tables"]
heavy = ("fastapi", "starlette", "jinja2", "sqlglot", "postgast", "jsonschema", "summary_tables.catalog")
before = set(sys.modules)
plugin.listeners
print(sorted(name for name in sys.modules if name.startswith("summary_tables.airflow.pages")),
      sorted(name for name in heavy if name in set(sys.modules) - before),
      [app["url_prefix"] for app in plugin.fastapi_apps],
      [(view["name"], view["destination"], view["href"]) for view in plugin.external_views],
      plugin.fastapi_apps[0]["app"] is plugin.fastapi_apps[0]["app"])
"""


def test_pages_are_imported_only_where_they_are_asked_for() -> None:
    done = subprocess.run(
        [sys.executable, "-c", OF_A_TASK],
        env=os.environ | {"AIRFLOW__API__BASE_URL": "https://example.com/air/"},
        capture_output=True,
        text=True,
        check=True,
    )
    views = [
        ("Summary tables", "nav", "/air/summary-tables/"),
        ("Table", "dag", "/air/summary-tables/dags/{DAG_ID}"),
    ]
    assert done.stdout.splitlines()[-1] == f"[] [] ['/summary-tables'] {views} True"


IMPORTED = """
import sys
before = set(sys.modules)
import airflow.plugins_manager
between = set(sys.modules)
import summary_tables.airflow.plugin
print(sorted(name for name in set(sys.modules) - between if name.split(".")[0] != "airflow"))
"""


def test_loading_the_plugin_loads_nothing_of_others() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    names = [
        "summary_tables",
        *(
            f"summary_tables.{name}"
            for name in ("airflow", "airflow.first_runs", "airflow.plugin", "airflow.run_notes")
        ),
    ]
    assert done.stdout.splitlines()[-1] == str(names)
