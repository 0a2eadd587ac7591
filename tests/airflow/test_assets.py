"""The assets of tables, by which Airflow draws what is made of what."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from airflow.sdk import Asset, AssetAll, AssetAny

from summary_tables.airflow.assets import condition, inlets, table_asset
from summary_tables.airflow.dag import build_folder, dags_to_parse
from summary_tables.model.parents import AssetParent
from summary_tables.model.table import Schedule

NAMES = frozenset({"s.built", "s.t"})


def shown(assets: list[Asset]) -> list[tuple[str, str]]:
    return [(asset.name, asset.group) for asset in assets]


def test_a_table_is_one_asset_for_all_who_name_it() -> None:
    asset = table_asset("s.t")
    assert (asset.name, asset.uri, asset.group) == ("s.t", "s.t", "summary_tables")
    assert asset.extra == {"table": "s.t", "page": "/summary-tables/tables/s.t"}
    assert inlets(["s.t"], "s.other", NAMES)[0] is asset


def test_what_others_fill_has_a_name_that_no_schedule_can_mean() -> None:
    assert shown(inlets(["raw.a", "s.built", "s.t", "loose"], "s.t", NAMES)) == [
        ("raw.a (source)", "sources"),
        ("s.built", "summary_tables"),
    ]


@pytest.mark.parametrize("name", ["원본.하 루", "a.b'c", "//[x.y", "a.[b", "a b:c.d", "x." + "y" * 2000])
def test_odd_names_take_no_dag_away(name: str) -> None:
    found = inlets([name, "raw.a"], "s.t", NAMES)
    assert [asset.name for asset in found][-1] == "raw.a (source)"


def test_very_many_sources_are_cut() -> None:
    assert len(inlets([f"raw.a{number}" for number in range(1000)], "s.t", NAMES)) == 50


def write(folder: Path, name: str, **keys: Any) -> None:
    (folder / f"{name}.yaml").write_text(yaml.safe_dump({"table": name, "schema": "s", **keys}))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    query = "SELECT 1 AS one FROM raw.a JOIN s.first f ON true"
    write(tmp_path, "first", main_sql="SELECT 1 AS one FROM raw.a")
    write(tmp_path, "second", main_sql=query, schedule={"after": ["s.first"]})
    return tmp_path


def tasks(dag: Any) -> dict[str, list[str]]:
    return {task.task_id: [asset.name for asset in (*task.inlets, *task.outlets)] for task in dag.tasks}


def test_dags_have_what_they_read_and_publish(folder: Path) -> None:
    dags = build_folder(folder).dags
    assert tasks(dags["first"]) == {"create": [], "publish": ["raw.a (source)", "s.first"]}
    assert tasks(dags["second"]) == {"create": [], "publish": ["raw.a (source)", "s.first", "s.second"]}
    waits_for = dags["second"].timetable.asset_condition
    assert isinstance(waits_for, AssetAll)
    assert waits_for.objects == (table_asset("s.first"),)


def test_a_running_task_asks_nothing_of_what_it_reads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Airflow fails a task of whose inlets one is inactive, e.g. since others gave theirs the same name."""
    monkeypatch.setenv("_AIRFLOW_PARSING_CONTEXT_DAG_ID", "second")
    assert tasks(dags_to_parse(folder)["second"]) == {"create": [], "publish": ["s.second"]}


def test_assets_of_others_are_referred_to_and_never_made() -> None:
    schedule = Schedule(after=("s.t", AssetParent(asset="orders"), AssetParent(asset="postgresql://host/db/s/orders/")))
    ours, by_name, by_uri = condition(schedule)  # type: ignore[misc]  # a list, as one of all is
    assert ours is table_asset("s.t")
    assert by_name == Asset.ref(name="orders")
    # As Airflow rewrites it for the DAG that publishes it.
    assert by_uri == Asset.ref(uri="postgres://host:5432/db/s/orders")


def test_any_of_several_and_a_time() -> None:
    any_of = condition(Schedule(after=("s.a", "s.b"), any_of=True))
    assert isinstance(any_of, AssetAny)
    assert list(any_of.objects) == [table_asset("s.a"), table_asset("s.b")]
