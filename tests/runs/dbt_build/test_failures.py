"""What people hear of a node of dbt that failed or warned: whole sentences, what readers see, and what is hidden."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.node_outcome import Outcome
from summary_tables.dbt.records import Age, Column, DataTest, Model, Relation, Source, UnitTest
from summary_tables.dbt.run_results import NodeResult, SourceAge
from summary_tables.model.failure import Failure
from summary_tables.runs.dbt_build.failures import failure_of, failure_of_source
from tests.dbt.made_model import made_model

PERSONAL = {"pii": True}
EMAIL = Column(name="email", meta=PERSONAL)
WITH_VALUE = 'Database Error in model orders (models/orders.sql)\n  invalid input syntax for type integer: "jin\'s"'


def data_test(kind: str = "", **keys: Any) -> DataTest:
    known: dict[str, Any] = {"model": "model.shop.orders" if kind else "", "depends_on": ("model.shop.orders",)}
    return DataTest(unique_id="test.shop.t", name="t", package="shop", kind=kind, path="models/s.yml", **(known | keys))


SOURCE = Source(
    unique_id="source.shop.raw.events",
    source="raw",
    name="events",
    package="shop",
    relation=Relation(schema="raw", table="events"),
    warn_after=Age(count=1, period="hour"),
    error_after=Age(count=2, period="day"),
    path="models/sources.yml",
)
UNIT_TEST = UnitTest(
    unique_id="unit_test.shop.orders.adds_up",
    name="adds_up",
    model="orders",
    package="shop",
    depends_on=("model.shop.behind_0", "model.shop.orders"),
    path="models/s.yml",
)
MANIFEST = Manifest(
    project="shop",
    models=(made_model("orders"), *(made_model(f"behind_{number}", "orders") for number in range(7))),
    sources=(SOURCE,),
    unit_tests=(UNIT_TEST,),
)


def told(
    result: NodeResult, *tests: DataTest, waiting: int = 0, project: Path = Path("/nowhere"), **more: Any
) -> Failure:
    """`waiting`: so many models behind `orders` were not built. `more` is of the manifest."""
    manifest = replace(MANIFEST, tests=tests, **more)
    behind = [NodeResult(unique_id=f"model.shop.behind_{number}", status="skipped") for number in range(waiting)]
    outcome = Outcome(manifest=manifest, results=(result, *behind))
    return failure_of(result, outcome, project, lambda query: f"rows of {query}")


def of_test(test: DataTest, failures: int | None = 1, status: str = "fail", **more: Any) -> Failure:
    result = NodeResult(unique_id=test.unique_id, status=status, failures=failures, compiled_code="q", message="M")
    return told(result, test, **more)


NOT_NULL = data_test("not_null", column="id")
UNIQUE = data_test("unique", column="id")


@pytest.mark.parametrize(
    ("test", "failures", "expected", "got"),
    [
        (NOT_NULL, 1, "no row without id", "1 row"),
        (replace(NOT_NULL, error_if="> 10"), 11, "no row without id (fails if > 10)", "11 rows"),
        (replace(NOT_NULL, error_if=">0"), 1, "no row without id", "1 row"),
        (replace(NOT_NULL, namespace="ours"), 1, "no row that breaks it", "1 row"),
        (UNIQUE, 3, "each id once", "3 values more than once"),
        (replace(UNIQUE, namespace="ours"), 1, "no row that breaks it", "1 row"),
        (
            data_test("accepted_values", column="id", arguments={"values": ["a", 2]}),
            1,
            "only a and 2 as id",
            "1 other value",
        ),
        (
            data_test("relationships", column="id", arguments={"to": "source('raw', 'events')", "field": "key"}),
            2,
            "each id to be a value of raw.events.key",
            "2 rows where it is not",
        ),
        (data_test("equal", column="id", arguments={"field": "key"}), 1, "no row that breaks it", "1 row"),
        (data_test(), 1, "no row that breaks it", "1 row"),
    ],
)
def test_what_a_test_expected_and_found(test: DataTest, failures: int, expected: str, got: str) -> None:
    found = of_test(test, failures)
    assert (found.expected, found.actual, found.error) == (expected, got, "")
    assert (found.details, found.sql, found.place) == ("rows of q", "q", "models/s.yml")


@pytest.mark.parametrize(
    ("test", "subject"),
    [
        (NOT_NULL, '"not_null: id" of shop.orders'),
        (replace(NOT_NULL, namespace="ours"), '"ours.not_null: id" of shop.orders'),
        (data_test("equal_rowcount", namespace="dbt_utils"), '"dbt_utils.equal_rowcount" of shop.orders'),
        (replace(NOT_NULL, model=SOURCE.unique_id), '"not_null: id" of raw.events'),
        (data_test(), '"t" of shop.orders'),
        (data_test(depends_on=()), '"t" of shop'),
    ],
)
def test_which_test_failed(test: DataTest, subject: str) -> None:
    assert of_test(test).subject == f"Test {subject}"


def test_test_that_could_not_be_asked_says_why() -> None:
    found = of_test(NOT_NULL, None)
    assert (found.reason, found.details) == ("M.", "")


def test_what_readers_see_after_a_test() -> None:
    test = replace(NOT_NULL, warn_if=">2")
    assert of_test(test).live == "shop.orders holds these rows."
    assert of_test(test, waiting=2).live == (
        "shop.orders holds these rows. Not built for it: shop.behind_0 and shop.behind_1."
    )
    assert of_test(test, waiting=7).live.endswith(
        " shop.behind_0, shop.behind_1, shop.behind_2, shop.behind_3, shop.behind_4 and 2 more."
    )
    assert of_test(test, waiting=6).live.endswith(" shop.behind_4 and 1 more.")
    assert of_test(test, waiting=5).live.endswith(" shop.behind_3 and shop.behind_4.")
    assert of_test(replace(test, model=SOURCE.unique_id), waiting=1).live == "Not built for it: shop.behind_0."
    warned = of_test(test, 3, "warn")
    assert (warned.live, warned.is_warning) == ("", True)
    assert warned.reason == "expected no row without id (warns if >2), got 3 rows."


@pytest.mark.parametrize(
    ("test", "orders", "shows"),
    [
        (NOT_NULL, made_model("orders", columns=(EMAIL,)), True),
        (data_test("not_null", column="email"), made_model("orders", columns=(EMAIL,)), False),
        (data_test("not_null", column="email"), made_model("orders", columns=(replace(EMAIL, meta={}),)), True),
        (data_test("expression", namespace="ours"), made_model("orders", columns=(EMAIL,)), False),
        (data_test("expression", namespace="ours"), made_model("orders", meta=PERSONAL), False),
        (data_test(), made_model("orders", columns=(EMAIL,)), False),
        (data_test(), made_model("orders"), True),
    ],
)
def test_rows_are_shown_where_no_column_is_marked_as_personal(test: DataTest, orders: Model, shows: bool) -> None:
    found = of_test(test, models=(orders,))
    assert bool(found.details) is shows
    result = NodeResult(unique_id=test.unique_id, status="error", message=WITH_VALUE)
    assert ("jin's" in told(result, test, models=(orders,)).error) is shows


def test_model_that_failed() -> None:
    result = NodeResult(unique_id="model.shop.orders", status="error", message=WITH_VALUE, compiled_code="q")
    found = told(result, waiting=1)
    assert str(found) == (
        'Building shop.orders failed: invalid input syntax for type integer: "jin\'s". '
        "shop.orders was not changed. Not built for it: shop.behind_0."
    )
    assert (found.place, found.sql) == ("models/orders.sql", "q")
    for personal in (made_model("orders", columns=(EMAIL,)), made_model("orders", meta=PERSONAL)):
        assert told(result, models=(personal,)).error == "invalid input syntax for type integer."
    some = told(replace(result, status="partial success"))
    assert some.live == "shop.orders has some of its new rows."
    message = "Database Error in function area (functions/area.sql)\n  no"
    unknown = told(replace(result, unique_id="function.shop.area", message=message))
    assert str(unknown) == "Building area failed: no. area was not changed."
    assert unknown.place == "functions/area.sql"


@pytest.mark.parametrize(
    ("hook", "live"),
    [("on-run-start", "Nothing was built."), ("on-run-end", "What was to be built was built all the same.")],
)
def test_hook_of_a_run(hook: str, live: str) -> None:
    unique_id = f"operation.shop.shop-{hook}-0"
    result = NodeResult(unique_id=unique_id, status="error", message=f"shop.{hook}.0 failed, error: no such role")
    found = told(result)
    assert str(found) == f"Running {hook} of shop failed: no such role. {live}"
    assert found.place == "dbt_project.yml"


def test_unit_test() -> None:
    result = NodeResult(unique_id=UNIT_TEST.unique_id, status="fail", message="actual differs\n\n| id |\n| 1 |")
    found = told(result)
    assert str(found) == (
        'Unit test "adds_up" of shop.orders failed: the query does not give the rows that the test expects. '
        "shop.orders was not changed."
    )
    assert found.details == "actual differs\n\n| id |\n| 1 |"
    broken = told(replace(result, status="error", message="Database Error\n  no column"))
    assert (broken.reason, broken.details, broken.place) == ("no column.", "", "models/s.yml")


@pytest.mark.parametrize(
    ("age", "check", "words"),
    [
        ({"status": "error", "hours": 80.0}, " at most 2 days old", "expected at most 2 days, got 80.0 hours."),
        ({"status": "error", "hours": 2400.0}, " at most 2 days old", "expected at most 2 days, got 100 days."),
        ({"status": "error", "hours": 2e7}, " at most 2 days old", "expected at most 2 days, got no row with a time."),
        ({"status": "warn", "hours": 1.25}, " at most 1 hour old", "expected at most 1 hour, got 1.2 hours."),
        ({"status": "runtime error", "message": "Database Error\n  no"}, " at most 2 days old", "no."),
        ({"status": "runtime error"}, " at most 2 days old", "dbt could not ask for it."),
    ],
)
def test_source_that_is_too_old(age: dict[str, Any], check: str, words: str) -> None:
    found = failure_of_source(SourceAge(unique_id=SOURCE.unique_id, **age), SOURCE)
    verb = "warned" if age["status"] == "warn" else "failed"
    assert found.sentence == f'Source check "newest row{check}" of raw.events {verb}: {words}'
    assert found.live == ("" if verb == "warned" else "Nothing was built.")
    assert found.place == "models/sources.yml"


def test_source_without_a_limit_of_that_kind() -> None:
    age = SourceAge(unique_id=SOURCE.unique_id, status="error", hours=5)
    found = failure_of_source(age, replace(SOURCE, error_after=None))
    assert found.subject == 'Source check "newest row" of raw.events'
    assert found.reason == "expected at most what the project says, got 5.0 hours."


def test_place_has_the_line_of_the_test_and_of_what_the_warehouse_quotes(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    other, own = "- name: behind_0\n  id: not_null\n", "- name: orders\n  day: not_null\n  id:\n  - not_null\n"
    (tmp_path / "models/s.yml").write_text(other + own)
    (tmp_path / "models/orders.sql").write_text("select id,\n  dai\nfrom {{ ref('staging') }}")
    assert of_test(NOT_NULL, project=tmp_path).place == "models/s.yml:6"
    assert of_test(data_test(), project=tmp_path).place == "models/s.yml"
    (tmp_path / "models/s.yml").write_text(other + own.replace("orders", "events"))
    assert of_test(replace(NOT_NULL, model=SOURCE.unique_id), project=tmp_path).place == "models/s.yml:6"
    message = "Database Error in model orders (models/orders.sql)\n  no column\n  LINE 9: from {{ ref('staging') }}"
    result = NodeResult(unique_id="model.shop.orders", status="error", message=message)
    assert told(result, project=tmp_path).place == "models/orders.sql:3"
