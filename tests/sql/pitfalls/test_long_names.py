"""Which names a warehouse cuts, and to what."""

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.pitfalls.long_names import cut_name, long_names


def test_redshift_takes_longer_ones() -> None:
    sql = f"SELECT 1 AS {'x' * 127}, 2 AS {'y' * 128}"
    assert [name for _, name in long_names(sql, REDSHIFT)] == ["y" * 128]


@given(st.text(st.characters(codec="utf-8"), max_size=90))
def test_a_cut_name_is_the_longest_beginning_that_fits(name: str) -> None:
    cut, most = cut_name(name, POSTGRES), POSTGRES.lexical.longest_name
    assert name.startswith(cut)
    assert len(cut.encode()) <= most
    assert cut == name or len(name[: len(cut) + 1].encode()) > most
