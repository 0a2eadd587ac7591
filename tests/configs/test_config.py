"""What a running task reads: its own file and the defaults, or a plain word on why not."""

import copy
from pathlib import Path

import pytest

from summary_tables.configs import config
from summary_tables.model.problem import ConfigError
from summary_tables.model.settings import Settings, Slack, Warehouse
from summary_tables.model.table import Schedule
from tests.configs.one_table import COLUMNS, TABLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "t.yaml").write_text(TABLE)
    return found


def test_defaults_are_inherited_and_replaced_whole(folder: Path) -> None:
    (folder / "defaults.yaml").write_text(
        "owner: growth\nretries: 4\nschedule: '@daily'\ntags: [a, b]\ngrants: {select: [x]}\n"
        "slack: {mention: <!here>}\nwarehouse: {dialect: redshift}\nrepository: https://example.com\n"
    )
    (folder / "t.yaml").write_text(TABLE + "retries: 0\ntags: [c]\n")
    found = config.read("t", folder)
    table = found.table
    assert (table.owner, table.retries, table.tags, table.grants.select) == ("growth", 0, ("c",), ("x",))
    assert table.schedule == Schedule(cron="@daily")
    assert found.settings == Settings(
        notifiers=(Slack(mention="<!here>"),),
        warehouse=Warehouse(dialect="redshift"),
        repository="https://example.com",
    )


def test_no_check_shows_samples_where_the_defaults_say_so_or_the_check_itself(folder: Path) -> None:
    checks = "output_check:\n- unique: one\n  samples: true\n- unique: two\n- unique: three\n  samples: false\n"
    (folder / "t.yaml").write_text(TABLE + checks)
    assert [check.samples for check in config.read("t", folder).table.output_check] == [True, True, False]
    (folder / "defaults.yaml").write_text("samples: false\n")
    assert [check.samples for check in config.read("t", folder).table.output_check] == [False] * 3


def test_none_as_schedule_means_by_hand_whatever_the_defaults_say(folder: Path) -> None:
    (folder / "defaults.yaml").write_text("schedule: '@daily'\n")
    (folder / "t.yaml").write_text(TABLE + "schedule: none\n")
    assert config.read("t", folder).table.schedule == Schedule()


def test_file_that_is_gone_says_so(folder: Path) -> None:
    with pytest.raises(ConfigError) as error:
        config.read("gone", folder)
    assert str(error.value) == "dag_configs/gone.yaml: error[file] the file cannot be opened: No such file or directory"


@pytest.mark.parametrize(
    "text", ["table: t\n", "- a\n", TABLE + "xyz: 1\n", TABLE + "input_check: [1]\n", TABLE + "indexes: 3\n"]
)
def test_file_that_changed_after_its_check_says_what_to_run(folder: Path, text: str) -> None:
    (folder / "t.yaml").write_text(text)
    with pytest.raises(ConfigError) as error:
        config.read("t", folder)
    assert str(error.value) == (
        "dag_configs/t.yaml: error[file] the file was changed after it was checked and is no longer a config; "
        "fix: run `summary-tables lint dag_configs/t.yaml` and mend what it says"
    )


def test_copies_of_a_config_are_the_config(folder: Path) -> None:
    found = config.read("t", folder)
    assert copy.deepcopy({"config": found})["config"] is found


def test_checks_of_columns_come_behind_the_others(folder: Path) -> None:
    (folder / "t.yaml").write_text(TABLE + COLUMNS)
    table = config.read("t", folder).table
    assert [(check.KEY, check.columns, check.severity, check.label()) for check in table.output_check[4:]] == [
        ("unique", ("email",), "error", "one row for each email"),
        ("not_null", ("day",), "error", "no empty value in day"),
        ("range", ("day",), "warn", "올해"),
    ]
    assert [table.column_of_check(index) for index in range(7)] == ["", "", "", "", "email", "day", "day"]


def test_no_check_that_names_personal_data_shows_values_and_no_query_does(folder: Path) -> None:
    (folder / "t.yaml").write_text(TABLE + COLUMNS)
    table = config.read("t", folder).table
    assert [(check.KEY, check.samples) for check in table.output_check] == [
        ("row_count", True),
        ("unique", False),
        ("accepted_values", True),
        ("no_rows", False),
        ("unique", False),
        ("not_null", True),
        ("range", True),
    ]
