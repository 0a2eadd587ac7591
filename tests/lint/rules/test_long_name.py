"""Names that the warehouse would cut."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.lint.rules import columns, long_name, unknown_check_column
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.pitfalls.long_names import cut_name, long_names
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


def test_redshift_takes_longer_ones() -> None:
    sql = f"SELECT 1 AS {'x' * 127}, 2 AS {'y' * 128}"
    assert [name for _, name in long_names(sql, REDSHIFT)] == ["y" * 128]


@given(st.text(st.characters(codec="utf-8"), max_size=90))
def test_a_cut_name_is_the_longest_beginning_that_fits(name: str) -> None:
    cut, most = cut_name(name, POSTGRES), POSTGRES.lexical.longest_name
    assert name.startswith(cut)
    assert len(cut.encode()) <= most
    assert cut == name or len(name[: len(cut) + 1].encode()) > most
