"""What is said of columns that are not those of the file, compared whole."""

from collections.abc import Sequence

import pytest

from summary_tables.model.column import Column
from summary_tables.model.table import DeclaredColumn
from summary_tables.sql.dialects.postgres.wider_type import TYPES as RULES
from summary_tables.warehouse.columns.contract import compared, contract_table, contract_words, is_of_type
from tests.golden_files import assert_golden

TYPES = {"int4": "integer", "numeric": "numeric", "timestamptz": "timestamp with time zone"}


def declared(*columns: tuple[str, str]) -> list[DeclaredColumn]:
    return [DeclaredColumn(name=name, type=kind) for name, kind in columns]


def found(*columns: tuple[str, str]) -> list[Column]:
    return [Column(name=name, type=kind) for name, kind in columns]


def words(here: Sequence[DeclaredColumn], there: Sequence[Column]) -> str:
    columns = compared(RULES, here, there, TYPES)
    return f"{contract_words(columns)}\n\n{contract_table(columns)}\n"


def test_the_same_columns_in_another_order_keep_the_contract() -> None:
    columns = compared(RULES, declared(("a", "int4"), ("b", "")), found(("b", "jsonb"), ("a", "integer")), TYPES)
    assert contract_words(columns) == ""


def test_words_and_both_lists() -> None:
    many = [(f"column_{number}", "int4") for number in range(200)]
    parts = {
        "each difference": words(
            declared(("date", "date"), ("nps", "numeric"), ("email", "text"), ("at", "timestamptz")),
            found(("at", "timestamp without time zone"), ("date", "date"), ("nps", "text"), ("emial", "text")),
        ),
        "Korean, and no type": words(
            declared(("날짜", ""), ("평균 점수", "numeric(10,2)")),
            found(("날짜", "date"), ("평균 점수", "numeric(12,2)"), ('say "hi" 😀', "character varying(20)")),
        ),
        "long lists": words(declared(*many), found(*((name, "integer") for name, _ in many[1:]))),
        "nothing in common": words(declared(*many), found(*((f"other_{name}", "integer") for name, _ in many))),
    }
    assert_golden("columns/contract.txt", "\n".join(f"# {title}\n\n{text}" for title, text in parts.items()))


def test_a_name_with_a_line_break_stays_on_its_line() -> None:
    columns = compared(RULES, declared(("a\nb", "")), found(("a\nb", "text")), {})
    assert contract_table(columns) == "in the file    in the query\na b            a b  text"


def test_as_many_differences_and_lines_as_are_said() -> None:
    columns = compared(RULES, declared(*((f"c{number}", "") for number in range(30))), found(), {})
    assert [line.split()[0] for line in contract_table(columns).splitlines()[1:]] == [f"c{n}" for n in range(30)]
    assert "; and " not in contract_words(columns[:5])
    assert "; and 1 more." in contract_words(columns[:6])
    same = [Column(name=column.name, type="text") for column in columns]
    assert (
        len(contract_table(compared(RULES, [c.declared for c in columns if c.declared], same, {})).splitlines()) == 31
    )


@pytest.mark.parametrize(
    ("written", "full", "given", "same"),
    [
        ("numeric", "numeric", "numeric(10,2)", True),
        ("numeric(10,2)", "numeric(10,2)", "numeric(10,2)", True),
        ("numeric(10, 2)", "numeric(10,2)", "numeric(10,2)", True),
        ("numeric(10,2)", "numeric(10,2)", "numeric", False),
        ("decimal", "numeric(18,0)", "numeric(38,4)", True),
        ("varchar", "character varying(256)", "character varying(20)", True),
        ("varchar(20)", "character varying(20)", "character varying(32)", False),
        ("varchar", "character varying", "text", False),
        ("timestamp(3)", "timestamp(3) without time zone", "timestamp(3) without time zone", True),
        ("timestamptz", "timestamp with time zone", "timestamp(3) with time zone", True),
        ("timestamptz", "timestamp with time zone", "timestamp without time zone", False),
        ("int4[]", "integer[]", "integer[]", True),
    ],
)
def test_types_under_all_their_names(written: str, full: str, given: str, same: bool) -> None:
    assert is_of_type(written, full, given) is same
