"""What the log of a run says it did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from summary_tables.model.build import Applied, Build
from summary_tables.model.table import SummaryTable
from summary_tables.runs.messages import built_words, published_words

_TABLE = SummaryTable(table="t", schema="a")
_AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
_WHOLE = Build(version="v2", run_id="r", run_at=_AT, started_at=_AT, rows=1234)
_INCREMENT = replace(
    _WHOLE, strategy="merge", interval_start=_AT.replace(day=21), interval_end=_AT, applied_to="v1", published_at=_AT
)


def test_built() -> None:
    assert built_words(_TABLE, replace(_WHOLE, rows=1)) == "Built a.t: 1 row, as version v2."
    known = replace(_WHOLE, built_at=_AT + timedelta(seconds=3.24), size_bytes=57_344)
    assert built_words(_TABLE, known) == "Built a.t: 1,234 rows in 3.2 seconds, 56 kB, as version v2."
    assert built_words(_TABLE, _INCREMENT) == (
        "Built the increment of 2026-11-21 03:00 to 2026-11-22 03:00 UTC of a.t: 1,234 rows, as version v2."
    )


def test_published() -> None:
    assert published_words(_TABLE, _WHOLE) == "Published a.t: 1,234 rows."
    run = "the run of 2026-11-21 03:00 to 2026-11-22 03:00 UTC"
    assert published_words(_TABLE, _INCREMENT) == f"The rows of {run} are in a.t already: nothing was done."
    first = replace(_INCREMENT, applied_to="v2", applied=Applied(deleted=0, inserted=1234))
    assert published_words(_TABLE, first) == f"Published a.t, which begins with 1,234 rows of {run}."
    added = replace(_INCREMENT, applied=Applied(deleted=1, inserted=1234))
    assert published_words(_TABLE, added) == f"Added 1,234 rows of {run} to a.t, and removed 1 row that they replace."
    late = replace(_INCREMENT, applied=Applied(deleted=0, inserted=34))
    assert published_words(_TABLE, late) == (
        f"Added 34 rows of {run} to a.t, and removed 0 rows that they replace; 1,200 rows had newer values there "
        "already."
    )
