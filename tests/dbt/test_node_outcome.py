"""What became of a project: whom others may rely on, what waits for a failure, what the next try has to do."""

from dataclasses import replace

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.node_outcome import Outcome, merged
from summary_tables.dbt.records import DataTest, Relation, UnitTest
from summary_tables.dbt.run_results import NodeResult
from tests.dbt.made_model import made_model

MANIFEST = Manifest(
    project="shop",
    models=(
        made_model("staging"),
        made_model("amounts", "staging", materialized="ephemeral"),
        made_model("orders", "amounts"),
        made_model("revenue", "orders"),
        made_model("customers"),
    ),
    tests=(
        DataTest(
            unique_id="test.shop.t",
            name="unique_staging_id",
            package="shop",
            kind="unique",
            model="model.shop.staging",
            depends_on=("model.shop.staging",),
        ),
    ),
)


def result(unique_id: str, status: str) -> NodeResult:
    return NodeResult(unique_id=unique_id, status=status)


FAILED_TEST = Outcome(
    manifest=MANIFEST,
    results=(
        result("model.shop.staging", "success"),
        result("test.shop.t", "fail"),
        result("model.shop.orders", "skipped"),
        result("model.shop.revenue", "skipped"),
        result("model.shop.customers", "success"),
    ),
)


def test_table_whose_test_failed_is_built_and_not_published() -> None:
    assert FAILED_TEST.built == ("shop.staging", "shop.customers")
    assert FAILED_TEST.published == ("shop.customers",)
    assert [each.unique_id for each in FAILED_TEST.failed] == ["test.shop.t"]


def test_what_waits_is_found_through_models_that_are_no_tables() -> None:
    assert FAILED_TEST.waiting_for("test.shop.t") == ("shop.orders", "shop.revenue")
    assert FAILED_TEST.waiting_for("model.shop.customers") == ()


def test_next_try_does_what_failed_and_what_waits() -> None:
    assert FAILED_TEST.again == ("unique_staging_id", "orders", "revenue")
    unit_test = UnitTest(unique_id="unit_test.shop.orders.u", name="u", model="orders", package="shop")
    failed = (
        result(unit_test.unique_id, "fail"),
        result("model.shop.orders", "skipped"),
        result("model.x.gone", "error"),
    )
    assert Outcome(manifest=replace(MANIFEST, unit_tests=(unit_test,)), results=failed).again == ("orders",)


def test_what_is_no_table_is_not_among_what_was_built() -> None:
    bare = replace(made_model("bare"), relation=Relation())
    found = Outcome(
        manifest=replace(MANIFEST, models=(*MANIFEST.models, bare)),
        results=tuple(result(f"model.shop.{name}", "success") for name in ("bare", "amounts", "gone", "orders")),
    )
    assert found.built == ("shop.orders",)


def test_warning_leaves_a_table_published() -> None:
    warned = merged(FAILED_TEST.results, (result("test.shop.t", "warn"), result("model.shop.orders", "success")))
    found = Outcome(manifest=MANIFEST, results=warned)
    assert found.published == ("shop.staging", "shop.orders", "shop.customers")
    assert found.again == ("revenue",)
    assert [each.unique_id for each in found.warned] == ["test.shop.t"]


def test_unit_tests_are_asked_for_with_their_model() -> None:
    """dbt builds the model only behind them, and nothing else is passed than tests."""
    unit = UnitTest(unique_id="unit_test.shop.orders.one", name="one", model="orders", package="shop")
    results = (
        result("unit_test.shop.orders.one", "fail"),
        result("model.shop.customers", "success"),
        result("test.shop.t", "pass"),
    )
    found = Outcome(manifest=replace(MANIFEST, unit_tests=(unit,)), results=results)
    assert found.again == ("orders",)
    assert found.tests_passed == 1
    passed = (result("unit_test.shop.orders.one", "pass"), *results[1:])
    assert replace(found, results=passed).tests_passed == 2


def test_of_two_tries_the_later_counts() -> None:
    assert merged([result("a", "error"), result("b", "success")], [result("a", "success")]) == (
        result("a", "success"),
        result("b", "success"),
    )
