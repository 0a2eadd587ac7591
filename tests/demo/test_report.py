from datetime import UTC, datetime
from decimal import Decimal

import pytest

from demo.report import Preview, preview, table_text
from demo.rest_client import Run, Step
from demo.summary_runs import Outcome
from tests.demo.conftest import SampleWarehouse

RUN = Run(dag_id="nps", run_id="r", state="success", queued_at=datetime(2026, 1, 2, tzinfo=UTC), seconds=3.04)
STEPS = (Step(task_id="create", state="success", tries=1, seconds=1.0),)

FULL = """\
analytics.nps: 1,234 rows, built in 3.0 s (create 1.0 s)
    date       |   nps
    -----------+------
    2019-05-01 | 19.99
    2019-05-02 |  7.89
    ... and 1,232 more"""

EMPTY = """\
analytics.nps: 0 rows, built in 3.0 s (create 1.0 s)
    date | nps
    -----+----"""


@pytest.mark.parametrize(
    ("first", "rows", "text"),
    [((("2019-05-01", Decimal("19.99")), ("2019-05-02", Decimal("7.89"))), 1234, FULL), ((), 0, EMPTY)],
)
def test_a_table_is_shown(first: tuple[tuple[object, ...], ...], rows: int, text: str) -> None:
    found = Preview(table="analytics.nps", columns=("date", "nps"), first=first, rows=rows)
    assert table_text(found, Outcome(run=RUN, steps=STEPS)) == text


def test_a_preview_is_read_as_a_dashboard_would(sample_warehouse: SampleWarehouse) -> None:
    with sample_warehouse.session("builder") as session:
        session.execute("CREATE VIEW analytics.numbers AS SELECT n, 'x' AS t FROM generate_series(7, 1, -1) n")
    with sample_warehouse.session("reader") as session:
        found = preview(session, "numbers")
    with sample_warehouse.session("builder") as session:
        session.execute("DROP VIEW analytics.numbers")
    first = ((1, "x"), (2, "x"), (3, "x"), (4, "x"), (5, "x"))
    assert found == Preview(table="analytics.numbers", columns=("n", "t"), first=first, rows=7)
