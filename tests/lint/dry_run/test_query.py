"""What the words of a query say."""

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.table_file import SourceQuery
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.source_map import MappedText, Piece
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES


def _asked(sql: str) -> AskedQuery:
    source = SourceQuery(path=("main_sql",), role="main_sql", text=sql, dialect=POSTGRES)
    piece = Piece(text=sql, origin=0, length=len(sql), is_copied=True)
    return AskedQuery(source=source, rendered=MappedText((piece,)), sql=sql)


def test_name() -> None:
    sql = 'SELECT A . "b""C" . d FROM t'
    name = _asked(sql).name_at(7)
    assert name is not None
    assert (name.parts, name.text, name.last) == (("a", 'b"C', "d"), 'A . "b""C" . d', "d")
    assert _asked(sql).name_at(8) is None
    assert _asked("SELECT 1").name_at(7) is None


def test_call() -> None:
    sql = "SELECT pg_catalog.ROUND(AVG(a, (1)), [1, 2] [1]) , f ( ) FROM t"
    call = _asked(sql).call_at(7)
    assert call is not None
    assert call.arguments[0] == "AVG(a, (1))"
    assert call.text == "pg_catalog.ROUND(AVG(a, (1)), [1, 2] [1])"
    empty = _asked(sql).call_at(sql.index("f ("))
    assert empty is not None
    assert empty.arguments == ()
    assert _asked(sql).call_at(sql.index("t", 50)) is None


def test_called_with() -> None:
    sql = "SELECT DATEDIFF(day, a)"
    function = _asked(sql).called_with(sql.index("day"))
    assert function is not None
    assert function.parts == ("datediff",)
    assert _asked(sql).called_with(sql.index("a)")) is None


def test_operands() -> None:
    def operands(sql: str, symbol: str) -> tuple[str, str]:
        return _asked(sql).operands(sql.index(symbol))

    assert operands("SELECT a.b = c", "=") == ("a.b", "c")
    assert operands("SELECT f(a) = f(c)", "=") == ("", "")
    assert operands("SELECT 1 + 'x'", "+") == ("1", "'x'")
    assert operands("SELECT a - INTERVAL '1 day'", "-") == ("a", "INTERVAL '1 day'")
    assert operands("WHERE - a", "-") == ("", "a")
    assert operands("a =", "=") == ("a", "")


def test_tables_with_their_aliases() -> None:
    with_x = "WITH x AS (SELECT 1 AS n), y(m) AS (TABLE x) "
    sql = with_x + 'SELECT * FROM raw.nps AS A JOIN b ON true LEFT JOIN c."D" "E" ON 1=1, x'
    tables = [(table.full_name, table.alias, table.written) for table in _asked(sql).tables]
    assert tables == [("raw.nps", "a", "A"), ("b", "b", "b"), ("c.D", "E", '"E"')]
    assert _asked(sql).ctes == ("x", "y")


@given(st.text(), st.integers(0, 40))
def test_any_text_can_be_asked(sql: str, offset: int) -> None:
    asked = _asked(sql)
    asked.name_at(offset), asked.call_at(offset), asked.operands(offset), asked.called_with(offset)
    asked.word_at(offset), asked.before(offset)
    assert isinstance(asked.tables, tuple)
    assert isinstance(asked.ctes, tuple)
