"""Queries for Redshift: what it does not have of PostgreSQL's, and what it has."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import redshift_unsupported
from summary_tables.sql.dialects.redshift import refusals
from tests.golden_files import assert_golden
from tests.lint.rules.one_rule import config, said

CASES = Path(__file__).parents[2] / "cases" / "redshift"


def queries(name: str) -> list[str]:
    lines = (CASES / f"{name}.sql").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("--")]


def test_what_is_refused_is_named_with_what_to_write() -> None:
    """Of 64 such queries lint named 2 before it had Amazon's lists."""
    lines: list[str] = []
    for query in queries("refused"):
        found = list(refusals.mistakes(query))
        assert found, query
        lines.append(query)
        for mistake in found:
            marks = " " * mistake.place.offset + "^" * mistake.place.length
            lines += [marks, f"  {mistake.message}; fix: {mistake.fix}" if mistake.fix else f"  {mistake.message}"]
        lines.append("")
    assert_golden("redshift/refused.txt", "\n".join(lines))


@pytest.mark.parametrize("query", queries("accepted"))
def test_what_redshift_has(query: str) -> None:
    assert list(refusals.mistakes(query)) == []


def test_postgresql_has_all_of_it(tmp_path: Path) -> None:
    assert said(redshift_unsupported.RULE, tmp_path, config("SELECT a::jsonb ->> 'b' AS c FROM raw_data.a")) == []


def test_dates_and_placeholders_stay_what_they_are(tmp_path: Path) -> None:
    text = config("SELECT {{ ds_nodash }} AS d, STRING_AGG(a, ',') AS b FROM {schema}.a WHERE day = '{{ ds }}'")
    assert said(redshift_unsupported.RULE, tmp_path, text, defaults="warehouse: {dialect: redshift}\n") == [
        "4:32+10 error: Redshift has no function `STRING_AGG`; fix: write `LISTAGG(text, ', ')`"
    ]
