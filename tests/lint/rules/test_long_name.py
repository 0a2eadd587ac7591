"""Names that the warehouse would cut."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import columns, long_name, unknown_check_column
from tests.lint.rules.one_rule import config, said

SHORTER = "fix: choose a shorter one, here and everywhere else in this file"
LONG = "월별활성사용자수_서울특별시_강남구_여성_이십대"


def test_name_is_told_once_where_it_stands_first(tmp_path: Path) -> None:
    text = config(f'SELECT a AS {LONG}, 1 AS "{"x" * 64}"\nFROM raw_data.t ORDER BY {LONG}')
    assert said(long_name.RULE, tmp_path, text) == [
        f"4:15+{len(LONG)} warning: this name has 67 bytes, and the warehouse cuts it to 63: `{LONG[:-2]}`; {SHORTER}",
        f"4:47+64 warning: this name has 64 bytes, and the warehouse cuts it to 63: `{'x' * 63}`; {SHORTER}",
    ]


def test_a_column_that_the_file_names_is_an_error_and_told_by_no_other_rule(tmp_path: Path) -> None:
    more = f"columns: [{{name: {LONG}}}]\noutput_check: [{{not_null: {LONG}}}]\n"
    assert said(columns.RULE, tmp_path, config(f"SELECT 1 AS {LONG}", more)) == [
        f"5:18+25 error: this name has 67 bytes, and the warehouse cuts it to 63: `{LONG[:-2]}`; {SHORTER}"
    ]
    assert said(long_name.RULE, tmp_path, config(f"SELECT 1 AS {LONG}", more)) == []
    assert said(unknown_check_column.RULE, tmp_path, config(f"SELECT 1 AS {LONG}", more)) == []


@pytest.mark.parametrize(
    "main_sql", [f"SELECT '{LONG}' AS a", f"SELECT 1 AS a -- {LONG}", f'SELECT 1 AS "{"x" * 63}"', "SELECT 1 AS a"]
)
def test_what_is_not_cut(main_sql: str, tmp_path: Path) -> None:
    assert said(long_name.RULE, tmp_path, config(main_sql)) == []
