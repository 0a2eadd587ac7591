"""So many checks that Airflow would choke on them."""

from pathlib import Path

from summary_tables.lint.rules import check_count
from tests.lint.rules.one_rule import config, said


def _columns(number: int) -> str:
    return "columns:\n" + "".join(f"  - {{name: c{place}, checks: [not_null, unique]}}\n" for place in range(number))


def test_as_many_as_allowed(tmp_path: Path) -> None:
    assert said(check_count.RULE, tmp_path, config("SELECT * FROM raw_data.nps", _columns(250))) == []


def test_one_too_many(tmp_path: Path) -> None:
    more = _columns(250) + "output_check: [row_count: {min: 1}]\n"
    assert said(check_count.RULE, tmp_path, config("SELECT * FROM raw_data.nps", more)) == [
        "5:1+7 error: the table has 501 output checks, those of `columns` among them; at most 500 are allowed; "
        "fix: write one check for several columns, such as `- not_null: [a, b, c]` in `output_check`"
    ]
