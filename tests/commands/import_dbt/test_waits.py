"""Tables wait for what their checks look at, unless that waits for them."""

from summary_tables.commands.import_dbt.plan import make_plan
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.commands.import_dbt.waits import waits
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import Model, Relation


def _model(name: str, *reads: str, materialized: str = "table") -> Model:
    return Model(
        unique_id=name,
        name=name,
        package="shop",
        resource_type="model",
        relation=Relation(database="", schema="shop", table=name),
        materialized=materialized,
        depends_on=reads,
    )


def test_tables_wait_for_what_their_checks_look_at() -> None:
    models = (
        _model("customers"),
        _model("view", "products", materialized="view"),
        _model("products"),
        _model("orders", "customers"),
        _model("of_view", "view"),
        _model("returns"),
    )
    plan = make_plan(Manifest(project="shop", models=models), "inline", "versions", Remarks())
    tests = {"orders": ["view", "returns"], "returns": ["orders"], "customers": ["orders", "source"]}
    assert waits(plan, lambda table: tests.get(table.unique_id, ())) == {
        "customers": frozenset(),
        "products": frozenset(),
        "orders": frozenset({"customers", "products"}),
        "of_view": frozenset({"products"}),
        "returns": frozenset({"orders"}),
    }
