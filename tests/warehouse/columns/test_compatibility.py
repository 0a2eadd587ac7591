"""Which columns the view has, and what readers would miss."""

from summary_tables.model.column import Column
from summary_tables.sql.dialects.postgres.wider_type import TYPES as RULES
from summary_tables.warehouse.columns.compatibility import live_order, misfit

_A, _B, _C = (Column(name=name, type="integer") for name in "abc")


def test_live_columns_first_then_new_ones() -> None:
    assert live_order((_B, _A), (_C, _A, _B)) == ("b", "a", "c")
    assert live_order((), (_C, _A)) == ("c", "a")


def test_what_fits() -> None:
    assert misfit(RULES, "s.t", (_A, _B), (_C, _B, _A)) == ""
    assert misfit(RULES, "s.t", (), (_A,)) == ""


def test_what_does_not_fit() -> None:
    built = (Column(name="a", type="text"), _C)
    assert misfit(RULES, "s.t", (_A, _B), built) == (
        'The new build does not fit the columns of s.t: column "a" was integer and is now text; '
        'column "b" (integer) is missing. New in it: "c" (integer). '
        "Give the query the missing column again, under the same name and with the same type. Values are never cast to "
        "a type that does not hold all of them: correct the query if the change of type was a mistake. "
        "To change them for good, use a new table name, "
        "or drop s.t in the warehouse once nobody reads it and run again."
    )
