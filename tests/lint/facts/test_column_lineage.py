"""Which columns of a folder's tables a column reaches."""

from pathlib import Path

from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.column_lineage import Column, ColumnLineage, Reached, column_lineage
from summary_tables.lint.facts.lineage import lineage
from summary_tables.sql.column_lineage.origins import ROWS, WHOLE_ROW
from tests.commands.diff.config_folders import folder_of, table


def of_folder(place: Path, sql: dict[str, str], besides: dict[str, tuple[str, ...]] | None = None) -> ColumnLineage:
    folder = folder_of(place, **{name: table(name, query) for name, query in sql.items()})
    return column_lineage(folder, lineage(folder), besides)


def told(found: ColumnLineage, *start: Column) -> dict[str, list[str]]:
    """By table, without its schema: each column with how surely it is reached."""
    tables: dict[str, list[str]] = {}
    for reached in found.reached(start):
        tables.setdefault(reached.table.removeprefix("analytics."), []).append(_shown(reached))
    return tables


def _shown(reached: Reached) -> str:
    sign = {"value": "", "rows": " by rows", "perhaps": "?"}[reached.how]
    reason = f" ({reached.reason})" if reached.reason else ""
    return f"{reached.column or 'ROWS'}{sign}{reason}"


CHAIN = {
    "nps": "SELECT day, sum(score) AS nps, count(*) AS n FROM raw.answers WHERE is_real GROUP BY day",
    "weekly": "SELECT date_trunc('week', day) AS week, avg(nps) AS nps FROM {schema}.nps GROUP BY 1",
    "board": "SELECT w.week, w.nps AS nps_avg, 1 AS one FROM analytics.weekly w",
    "good": "SELECT day FROM analytics.nps WHERE nps > 50",
    "every": "SELECT *, 1 AS one FROM analytics.nps",
    "total": "SELECT count(*) AS n FROM analytics.nps",
    "waits": "SELECT 1 AS one",
}


def test_through_several_tables(tmp_path: Path) -> None:
    found = of_folder(tmp_path, CHAIN)
    assert told(found, ("analytics.nps", "nps")) == {
        "every": ["nps"],
        "good": ["ROWS by rows", "day by rows"],
        "weekly": ["nps"],
        "board": ["nps_avg"],
    }
    assert told(found, ("analytics.nps", "n")) == {"every": ["n"]}
    assert told(found, ("analytics.nps", "nothing")) == {}
    # From the tables of others: what filters there decides on the rows of all.
    real = told(found, ("raw.answers", "is_real"))
    assert list(real) == ["nps", "every", "good", "total", "weekly", "board"]
    assert real["total"] == ["ROWS by rows", "n by rows"]
    assert told(found, ("raw.answers", "score"))["board"] == ["nps_avg"]


def test_which_rows_there_are(tmp_path: Path) -> None:
    found = of_folder(tmp_path, CHAIN)
    reached = told(found, ("analytics.weekly", ROWS))
    assert reached == {"board": ["ROWS by rows", "week by rows", "nps_avg by rows", "one by rows"]}


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    found = of_folder(
        tmp_path,
        {
            "a": "SELECT x, y FROM raw.t",
            "if_monday": "SELECT {% if ds %} x {% endif %} FROM analytics.a",
            "typo": "SELECT z FROM analytics.a",
            "after_typo": "SELECT z FROM analytics.typo",
            "of_mine": "SELECT f(x) AS f, x FROM analytics.a",
            "either": "SELECT q.v, x FROM analytics.if_monday, raw.q",
        },
    )
    assert told(found, ("analytics.a", "y")) == {
        "if_monday": [
            "ROWS?",
            "*? (only a run knows what its `{% ... %}` and `{{ ... }}` make of the SQL)",
        ],
        "of_mine": ["ROWS?", "f?", "x?"],
        "typo": ["ROWS?", "*? (`z` is no column that is known)"],
        "either": ["ROWS?", "v?", "x?"],
        "after_typo": ["ROWS?", "z?"],
    }


def test_columns_that_nobody_knows_are_passed_on(tmp_path: Path) -> None:
    found = of_folder(
        tmp_path,
        {
            "every": "SELECT * FROM raw.t",
            "next": "SELECT v + 1 AS more, u FROM analytics.every",
        },
    )
    assert told(found, ("raw.t", "v")) == {"every": ["v"], "next": ["more"]}
    assert found.columns("analytics.every") is None


def test_a_column_that_is_gone_is_still_found_where_it_is_read(tmp_path: Path) -> None:
    sql = {"a": "SELECT x FROM raw.t", "b": "SELECT old AS b, other.u FROM analytics.a, raw.other"}
    found = of_folder(tmp_path / "with", sql, {"analytics.a": ("old", "x")})
    assert told(found, ("analytics.a", "old")) == {"b": ["b"]}
    # Without that, the column would be the other table's.
    assert told(of_folder(tmp_path / "without", sql), ("analytics.a", "old")) == {}


def test_name_without_a_schema_may_be_the_table(tmp_path: Path) -> None:
    found = of_folder(
        tmp_path,
        {
            "a": "SELECT x FROM raw.t",
            "b": "SELECT x FROM a",
        },
    )
    assert told(found, ("analytics.a", "x")) == {"b": ["x?"]}


def test_circle_ends(tmp_path: Path) -> None:
    found = of_folder(
        tmp_path,
        {
            "a": "SELECT x FROM analytics.b JOIN raw.t USING (x)",
            "b": "SELECT * FROM analytics.a",
            "c": "SELECT x FROM {schema}.c",
        },
    )
    assert told(found, ("raw.t", "x")) == {"a": ["ROWS by rows", "x"], "b": ["ROWS by rows", "x"]}
    assert told(found, ("analytics.c", "x")) == {}
    assert WHOLE_ROW not in told(found, ("raw.t", "x"))


def test_columns_of_known_sources(tmp_path: Path) -> None:
    path = folder_of(tmp_path, a=table("a", "SELECT *, w FROM raw.one, raw.other")).path
    (path / "sources").mkdir()
    (path / "sources" / "raw.yaml").write_text("schema: raw\ntables: [{name: one, columns: [{name: x, type: text}]}]\n")
    folder = read_folder(path)
    found = column_lineage(folder, lineage(folder))
    assert told(found, ("raw.one", "x")) == {"a": ["x"]}
    # It is the other one's, as the columns of this one are known.
    assert told(found, ("raw.one", "w")) == {}
    assert told(found, ("raw.other", "w")) == {"a": ["w"]}
