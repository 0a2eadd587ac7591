"""The lines that dbt prints."""

import json

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.events import Event, event

BUILT = {
    "info": {"name": "LogModelResult", "level": "info", "msg": "1 of 65 OK created sql table model shop.orders"},
    "data": {"index": 1, "total": 65, "node_info": {"unique_id": "model.shop.orders", "node_status": "success"}},
}


def test_end_of_a_node() -> None:
    found = event(json.dumps(BUILT))
    assert found == Event(
        name="LogModelResult",
        message="1 of 65 OK created sql table model shop.orders",
        unique_id="model.shop.orders",
        status="success",
        number=1,
        total=65,
    )
    assert found.ends


def test_trace_of_python_is_no_event() -> None:
    assert event("Traceback (most recent call last):") is None
    assert event('{"info": null}') is None
    assert event("[1]") is None


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.dictionaries(st.text(), inner)))
def test_no_line_raises(content: object) -> None:
    event(content if isinstance(content, str) else json.dumps({"info": content, "data": content}))
