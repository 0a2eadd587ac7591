"""What is said where a table cannot get its wider types on this warehouse, or only with readers' views."""

from summary_tables.warehouse.columns.compatibility import Widening
from summary_tables.warehouse.columns.rebuild_messages import (
    Reading,
    blocked_words,
    rebuilding_words,
    rebuilt_words,
    unwidened,
)

_WIDER = (Widening(name="n", before="integer", after="bigint"),)
_VIEW = Reading(what="view", schema="marts", name="v", owner="analyst", blocked=False)


def test_a_warehouse_that_cannot_widen_in_a_transaction() -> None:
    assert unwidened("s.t", ['"n"']) == (
        'The rows of this run have a wider type in "n" than those of s.t, and this warehouse cannot widen it while '
        'readers go on. Nothing was changed. Start a run with {"full_refresh": true}, which builds the table with the '
        "wider type."
    )
    assert unwidened("s.t", ['"n"', '"m"']) == (
        'The rows of this run have wider types in "n", "m" than those of s.t, and this warehouse cannot widen them '
        'while readers go on. Nothing was changed. Start a run with {"full_refresh": true}, which builds the table '
        "with the wider types."
    )


def test_what_is_done_and_would_be_done() -> None:
    assert rebuilding_words((), ()) == "."
    assert rebuilding_words(_WIDER, (_VIEW,)) == (
        ', and widen the column "n" from integer to bigint. The views that read it would be created again: marts.v.'
    )
    assert rebuilt_words("s.t", _WIDER, ()) == 's.t has wider columns now: "n" from integer to bigint.'


def test_nothing_is_said_of_views_that_can_be_created_again() -> None:
    assert blocked_words("s.t", _WIDER, (_VIEW,), "builder") == ""
