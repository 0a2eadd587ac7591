"""A dbt that would leave tests out in silence builds nothing."""

import json
from pathlib import Path

import pytest

from summary_tables.configs.dbt_config import DbtConfig, from_data
from summary_tables.dbt.events import Event
from summary_tables.runs.dbt_build.build import DbtTry
from summary_tables.runs.dbt_build.dbt_profile import Login
from summary_tables.runs.dbt_build.parse import parse_project
from summary_tables.runs.dbt_build.program import VARIABLE
from summary_tables.runs.dbt_build.said import NOTHING_BUILT, DbtRefusal
from summary_tables.runs.dbt_build.versions import TooOldError, refuse_older

LOGIN = Login(host="localhost", port=1, user="nobody", password="none", database="warehouse")
TOO_OLD = (
    "dbt-core 1.7.20 is too old: it leaves out `data_tests` and `unit_tests` without a word. "
    "Take dbt-core 1.8 or newer."
)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DbtConfig:
    """Of a project for which there is only such a dbt."""
    said = {"info": {"name": "MainReportVersion", "level": "info", "msg": "Running with dbt=1.7.20"}, "data": {}}
    program = tmp_path / "dbt_1_7"
    program.write_text(f"#!/bin/sh\necho '{json.dumps(said)}'\n")
    program.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(program))
    (tmp_path / "dbt" / "shop").mkdir(parents=True)
    (tmp_path / "dbt" / "shop" / "dbt_project.yml").write_text("name: shop\n")
    return from_data({"dbt": {"project": "dbt/shop"}}, {}, tmp_path / "dag_configs" / "shop.yaml")


def test_dbt_that_is_too_old_builds_nothing(config: DbtConfig) -> None:
    attempt = DbtTry(config=config, login=LOGIN, name="dbt shop", tell=lambda _: None)
    refused = DbtRefusal(error=TOO_OLD, live=NOTHING_BUILT)
    assert (attempt.build(), attempt.freshness(), parse_project(config)) == (refused, refused, TOO_OLD)


@pytest.mark.parametrize("version", ["0.21.1", "1.7.20"])
def test_versions_that_are_too_old(version: str) -> None:
    with pytest.raises(TooOldError, match=f"^dbt-core {version} is too old: "):
        refuse_older(_says(version))


@pytest.mark.parametrize("version", ["1.8.0", "1.10.23", "1.12.6", "2.0.0-beta.1"])
def test_others(version: str) -> None:
    refuse_older(_says(version))


def _says(version: str) -> Event:
    return Event(name="MainReportVersion", message=f"Running with dbt={version}")
