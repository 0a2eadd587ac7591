"""The plugin is there once, by whichever way Airflow finds it."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

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


IN_ONE_PROCESS = """
import json, sys
import airflow.plugins_manager
before = set(sys.modules)
import summary_tables.airflow.plugin
said = {"imported": sorted(name for name in set(sys.modules) - before if name.split(".")[0] != "airflow")}

from airflow.sdk.plugins_manager import _get_plugins as of_a_task
plugins, errors = airflow.plugins_manager._get_plugins()
said["found"] = [type(each.source).__name__ for each in plugins if each.name == "summary_tables"]
said["errors"] = errors
(plugin,) = [each for each in of_a_task()[0] if each.name == "summary_tables"]
bare = {"config", "model", "problem", "cli", "failure", "publish", "warehouse", "statements"}
said["bare"] = sorted(bare & set(sys.modules))
said["loaded"] = sorted(name for name in sys.modules if name.split(".")[0] == "summary_tables")

heavy = ("fastapi", "starlette", "jinja2", "sqlglot", "postgast", "jsonschema", "summary_tables.catalog")
before = set(sys.modules)
plugin.listeners
said["pages"] = sorted(name for name in sys.modules if name.startswith("summary_tables.airflow.pages"))
said["heavy"] = sorted(name for name in heavy if name in set(sys.modules) - before)
said["apps"] = [app["url_prefix"] for app in plugin.fastapi_apps]
said["views"] = [(view["name"], view["destination"], view["href"]) for view in plugin.external_views]
said["app is kept"] = plugin.fastapi_apps[0]["app"] is plugin.fastapi_apps[0]["app"]
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """What a process says of the plugin that imports it and then has Airflow load all plugins; one for all tests."""
    done = subprocess.run(
        [sys.executable, "-c", IN_ONE_PROCESS],
        env=os.environ | {"AIRFLOW__API__BASE_URL": "https://example.com/air/"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


OWN = ["summary_tables"] + [
    f"summary_tables.{name}" for name in ("airflow", "airflow.first_runs", "airflow.plugin", "airflow.run_notes")
]


def test_loading_the_plugin_loads_nothing_of_others(said: dict[str, Any]) -> None:
    assert said["imported"] == OWN


def test_of_the_library_only_what_the_plugin_names_is_loaded(said: dict[str, Any]) -> None:
    assert said["loaded"] == OWN
    assert said["bare"] == []


def test_file_in_the_folder_of_plugins_is_silent_beside_an_installed_library(said: dict[str, Any]) -> None:
    assert (said["found"], said["errors"]) == (["EntryPointSource"], {})


def test_pages_are_imported_only_where_they_are_asked_for(said: dict[str, Any]) -> None:
    assert (said["pages"], said["heavy"]) == ([], [])
    assert said["apps"] == ["/summary-tables"]
    assert said["views"] == [
        ["Summary tables", "nav", "/air/summary-tables/"],
        ["Table", "dag", "/air/summary-tables/dags/{DAG_ID}"],
    ]
    assert said["app is kept"]
