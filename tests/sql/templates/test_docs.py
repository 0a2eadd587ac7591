"""The page about templates lists what there is, and its remedies work."""

import re
from pathlib import Path

import pytest

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates import functions, moments
from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.scopes import LOOP_NAMES
from summary_tables.sql.templates.template import filled_in, mistakes
from tests.sql.templates.queries import DATES

_PAGE = (Path(__file__).parents[3] / "docs" / "templates.md").read_text("utf-8")


def _listed(title: str) -> set[str]:
    """The names in code of the paragraph that begins with `title`."""
    paragraph = re.split(r"\n(?:- |\n)", _PAGE[_PAGE.index(title) :], maxsplit=1)[0].replace("`ds[:7]`. `~`", "")
    return {name.partition("(")[0] for name in re.findall(r"`([^`]+)`", paragraph)}


def test_lists_are_complete() -> None:
    assert set(functions.FUNCTIONS) <= _listed("- **Functions**")
    assert {*moments.OF_MOMENTS, *moments.ATTRIBUTES_OF_MOMENTS} == _listed("- **Moments have**")
    spans = _listed("- **The time between") - {"+", "-", "macros.timedelta"}
    assert {*moments.OF_SPANS, *moments.ATTRIBUTES_OF_SPANS} == spans
    assert set(functions.OF_TEXTS) == _listed("- **Texts have**")
    assert set(functions.FILTERS) == _listed("- **Filters**")
    assert set(functions.TESTS) == _listed("- **Tests**") - {"n is odd"}
    assert {f"loop.{name}" for name in LOOP_NAMES} <= _listed("`{% if %}`")
    assert all(f"`{name}`" in _PAGE for name in DATE_NAMES)


def _cells() -> list[tuple[str, str]]:
    """The tables with two columns: what is meant, and how it is written."""
    rows = re.findall(r"^\| (.+?) \| (`.+) \|$", _PAGE, re.MULTILINE)
    return [(left, right.replace("\\|", "|")) for left, right in rows]


@pytest.mark.parametrize(("meant", "written"), _cells())
def test_what_the_page_says_works(meant: str, written: str) -> None:
    for piece in re.findall(r"`([^`]+)`", written):
        if "{" in piece:
            assert mistakes(f"SELECT {piece}", POSTGRES) == ()
    wanted = re.fullmatch(r"`(.+)`", meant.replace("\\|", "|"))
    if wanted and "[]" not in meant:
        assert mistakes(f"SELECT {wanted[1]}", POSTGRES) != ()
        assert filled_in(re.findall(r"`([^`]+)`", written)[0], DATES, POSTGRES) == wanted[1]


def test_example_is_a_query() -> None:
    example = _PAGE[_PAGE.index("```sql\n") + 7 :].partition("```")[0]
    assert mistakes(example, POSTGRES) == ()
    assert "'web') AS web,\n" in filled_in(example, DATES, POSTGRES)
