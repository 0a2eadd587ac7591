"""The lines that dbt prints."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.events import Event, event

BUILT = {
    "info": {"name": "LogModelResult", "level": "info", "msg": "1 of 65 OK created sql table model shop.orders"},
    "data": {"node_info": {"unique_id": "model.shop.orders", "node_status": "success"}},
}


def test_end_of_a_node() -> None:
    found = event(json.dumps(BUILT))
    assert found == Event(
        name="LogModelResult",
        message="1 of 65 OK created sql table model shop.orders",
        unique_id="model.shop.orders",
    )


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("LogModelResult", True),
        ("LogTestResult", True),
        ("LogSeedResult", True),
        ("LogSnapshotResult", True),
        ("LogFreshnessResult", True),
        ("SkippingDetails", True),
        ("LogStartLine", False),
    ],
)
def test_what_is_said_of_a_node_at_its_end(name: str, ends: bool) -> None:
    assert Event(name=name, message="").ends is ends


def test_what_is_left_out() -> None:
    assert event('{"info": {"msg": " \\n read"}}') == Event(name="", message="read", level="info", unique_id="")


def test_trace_of_python_is_no_event() -> None:
    assert event("Traceback (most recent call last):") is None
    assert event('{"info": null}') is None
    assert event("[1]") is None


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
def test_no_line_raises(content: object) -> None:
    event(content if isinstance(content, str) else json.dumps({"info": content, "data": content}))
