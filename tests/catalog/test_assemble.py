"""Files, logs and Airflow together."""

from dataclasses import replace
from typing import Any

from summary_tables.catalog.assemble import Histories, catalog, catalog_of_warehouses
from summary_tables.catalog.entry import Catalog, Declaration
from summary_tables.model.settings import Settings
from summary_tables.model.table import Schedule
from summary_tables.model.table_history import TableHistory
from tests.catalog.made_entries import NOW, declaration
from tests.catalog.made_histories import DAY, DUE, build, dag, failed, history, run

DAILY = Schedule(cron="0 3 * * *")
NPS = declaration("analytics.nps", schedule=DAILY)
BROKEN = Declaration(file="dag_configs/mau.yaml", config=None)


def _catalog(declarations: dict[str, Declaration], histories: Histories | None, **more: Any) -> Catalog:
    return catalog(declarations, histories, more.pop("dags", {}), NOW, **more)


def _states(found: Catalog) -> dict[str, str]:
    return {name: entry.state.state for name, entry in found.entries.items()}


def test_every_table_that_somebody_knows_is_there() -> None:
    found = _catalog(
        {"analytics.nps": NPS, "analytics.new": declaration("analytics.new"), "web": BROKEN},
        {"analytics.nps": history(build()), "old.gone": history(build())},
    )
    assert _states(found) == {
        "analytics.new": "never_built",
        "analytics.nps": "fresh",
        "old.gone": "orphaned",
        "web": "broken_file",
    }
    assert found.read_at == NOW


def test_the_dag_of_a_table_is_called_like_it() -> None:
    found = _catalog({"analytics.nps": NPS}, {}, dags={"nps": dag(is_paused=True), "other": dag()})
    assert found.entries["analytics.nps"].dag == dag(is_paused=True)


def test_a_broken_file_is_the_table_that_the_logs_know_by_its_name() -> None:
    known = {"analytics.mau": history(build())}
    found = _catalog({"mau": BROKEN}, known, dags={"mau": dag(run())})
    assert _states(found) == {"analytics.mau": "broken_file"}
    assert found.entries["analytics.mau"].live == build()
    assert found.entries["analytics.mau"].dag == dag(run())


def test_of_two_tables_of_that_name_neither_is_meant() -> None:
    known = {"analytics.mau": history(build()), "sales.mau": history(build())}
    found = _catalog({"mau": BROKEN}, known)
    assert _states(found) == {"analytics.mau": "orphaned", "mau": "broken_file", "sales.mau": "orphaned"}


def test_without_an_answer_the_files_are_shown_all_the_same() -> None:
    found = _catalog({"analytics.nps": NPS}, None, warehouse_problem="It did not answer.")
    assert _states(found) == {"analytics.nps": "unknown"}
    assert found.entries["analytics.nps"].history is None
    assert found.warehouse_problem == "It did not answer."


def test_an_empty_warehouse_knows_that_nothing_was_built() -> None:
    assert _catalog({"analytics.nps": NPS}, {}).entries["analytics.nps"].history == TableHistory()


def test_each_table_has_its_own_warehouse() -> None:
    other = declaration("analytics.far", conn_id="far")
    found = catalog_of_warehouses(
        {"analytics.nps": NPS, "analytics.far": other},
        {"warehouse": {"analytics.nps": history(build()), "analytics.far": history(build())}, "far": None},
        {},
        NOW,
    )
    assert _states(found) == {"analytics.far": "unknown", "analytics.nps": "fresh"}


def test_what_others_published_makes_a_table_late() -> None:
    after = declaration("analytics.late", schedule=Schedule(after=("analytics.nps",)))
    known = {"analytics.nps": history(build()), "analytics.late": history(build(DUE - DAY))}
    assert _states(_catalog({"analytics.nps": NPS, "analytics.late": after}, known))["analytics.late"] == "late"


def test_values_that_nobody_may_see_are_in_no_entry() -> None:
    assert NPS.config is not None
    quiet = replace(NPS, config=replace(NPS.config, settings=Settings(samples=False)))
    secret = failed(expected="no rows", actual='2 rows: (1, "jin@example.com")')
    known = {"analytics.nps": replace(history(build(DUE - DAY), secret), checks=(secret.check,))}
    assert "jin@" in str(_catalog({"analytics.nps": NPS}, known))
    assert "jin@" not in str(_catalog({"analytics.nps": quiet}, known))
    assert "jin@" not in str(_catalog({}, known))
    assert _catalog({"analytics.nps": quiet}, known).entries["analytics.nps"].state.sentence == (
        'Failing since today at 03:00 UTC: "at least 12 rows": expected no rows, got 2 rows; '
        "people read the build of yesterday"
    )


def test_who_builds_the_model_that_a_table_waits_for() -> None:
    waiting = Schedule(cron="0 3 * * *", after=("shop.orders",))
    tables = {"analytics.nps": declaration("analytics.nps", schedule=waiting)}
    histories = {"analytics.nps": history(build(due=DUE - 2 * DAY))}
    for projects, dags, words in (
        ({}, {}, "others publish it"),
        ({"shop.orders": "shop"}, {}, "the dbt project shop builds it"),
        ({"shop.orders": "shop"}, {"shop": dag(run(state="failed"))}, "the run of the dbt project shop failed"),
    ):
        dags = {"nps": dag(run(state="running")), **dags}
        found = _catalog(tables, histories, dags=dags, projects=projects)
        assert words in found.entries["analytics.nps"].state.sentence
