"""Of which columns each column of a table is made."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from summary_tables.catalog.column_sources import (
    ColumnLineageReader,
    SourceColumn,
    TableColumnSources,
    column_lineage_reader,
)
from summary_tables.catalog.hidden import Hidden
from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.lineage import lineage
from tests.commands.diff.config_folders import folder_of, table
from tests.dbt.made_project import give_project, node

RAW, CENTS = "seed.shop.raw", "model.shop.cents"


def reader_of(place: Path, **queries: str) -> ColumnLineageReader:
    folder = folder_of(place, **{name: table(name, query) for name, query in queries.items()})
    return column_lineage_reader(folder, lineage(folder))


def told(found: TableColumnSources) -> dict[str, list[str]]:
    return {column.column: [_shown(source) for source in column.sources] for column in found.columns}


def _shown(source: SourceColumn) -> str:
    return f"{source.table}.{source.column}{'' if source.is_certain else '?'}"


def sources(place: Path, query: str, *hidden: str, **others: str) -> TableColumnSources:
    return reader_of(place, it=query, **others).sources("analytics.it", Hidden(names=frozenset(hidden)))


def test_each_column_and_the_rows(tmp_path: Path) -> None:
    found = sources(
        tmp_path, "SELECT a.day, sum(a.score) AS nps, 1 AS one FROM raw.answers a WHERE a.is_real GROUP BY 1"
    )
    assert told(found) == {"day": ["raw.answers.day"], "nps": ["raw.answers.score"], "one": []}
    assert [_shown(source) for source in found.rows] == ["raw.answers.day", "raw.answers.is_real"]
    assert found.unknown == ""


def test_what_may_be_of_either_table_is_not_certain(tmp_path: Path) -> None:
    found = sources(tmp_path, "SELECT score FROM raw.answers, raw.people")
    assert told(found) == {"score": ["raw.answers.score?", "raw.people.score?"]}


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    assert sources(tmp_path / "star", "SELECT *, 1 AS one FROM raw.answers").unknown == (
        "the query passes on columns that nobody knows (`SELECT *`)"
    )
    assert sources(tmp_path / "if", "SELECT {% if true %} 1 {% endif %} AS one").unknown == (
        "only a run knows what its `{% ... %}` and `{{ ... }}` make of the SQL"
    )
    (column,) = sources(tmp_path / "function", "SELECT own.rate(score) AS rate FROM raw.answers").columns
    assert column.unknown == ("`own.rate` may read tables itself",)
    assert reader_of(tmp_path / "none").sources("analytics.it").unknown == "the file of the table cannot be read"


def test_columns_of_a_star_are_known_where_its_table_is(tmp_path: Path) -> None:
    found = sources(tmp_path, "SELECT * FROM analytics.nps", nps="SELECT day, score FROM raw.answers")
    assert told(found) == {"day": ["analytics.nps.day"], "score": ["analytics.nps.score"]}


def test_columns_of_a_table_that_one_may_not_see_are_not_there(tmp_path: Path) -> None:
    query = "SELECT n.day, w.week, n.day || w.week AS both FROM analytics.nps n JOIN {source} w ON w.day = n.day"
    for place, source in enumerate(["analytics.weeks", "weeks"]):
        written = query.replace("{source}", source)
        found = sources(tmp_path / str(place), written, "analytics.weeks", weeks="SELECT day, week FROM raw.weeks")
        assert told(found) == {"day": ["analytics.nps.day"], "week": [], "both": ["analytics.nps.day"]}
        assert [_shown(row) for row in found.rows] == ["analytics.nps.day"]
    broken = sources(tmp_path / "broken", query.replace("{source}", "analytics.weeks"), "weeks")
    assert [_shown(row) for row in broken.rows] == ["analytics.nps.day"]


def test_many_may_ask_at_once(tmp_path: Path) -> None:
    chain = {f"t{place}": f"SELECT * FROM analytics.t{place - 1}" for place in range(1, 20)}
    reader = reader_of(tmp_path, t0="SELECT day FROM raw.answers", **chain)
    names = [f"analytics.t{place}" for place in range(19, 0, -1)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(reader.sources, names * 4))
    assert {each.unknown for each in found} == {""}


def test_columns_of_a_model_are_followed(tmp_path: Path) -> None:
    """Up to what it reads itself; an ephemeral model is none of that. What only dbt knows is said."""
    models = [
        node("cents", "ephemeral", raw_code="SELECT id, cents FROM {{ ref('raw') }}", depends_on={"nodes": [RAW]}),
        node("raw", "seed"),
        node(
            "orders", raw_code="SELECT id, cents / 100 AS amount FROM {{ ref('cents') }}", depends_on={"nodes": [CENTS]}
        ),
        node("odd", raw_code="SELECT {{ some_macro() }} AS a"),
        node(
            "named", raw_code="SELECT {{ var('unit', 'id') }} AS a FROM {{ ref('raw') }}", depends_on={"nodes": [RAW]}
        ),
    ]
    give_project(tmp_path, models)
    (tmp_path / "dag_configs").mkdir()
    (tmp_path / "dag_configs" / "shop.yaml").write_text("dbt: {project: dbt/shop, vars: {unit: cents}}\n")
    folder = read_folder(tmp_path / "dag_configs")
    reader = column_lineage_reader(folder, lineage(folder))
    assert {each.column: each.sources for each in reader.sources("shop.orders").columns} == {
        "id": (SourceColumn(table="shop.raw", column="id"),),
        "amount": (SourceColumn(table="shop.raw", column="cents"),),
    }
    assert told(reader.sources("shop.named")) == {"a": ["shop.raw.cents"]}
    assert reader.sources("shop.odd").unknown == "only dbt knows what `some_macro` in its SQL is"
    assert reader.sources("shop.none").unknown == "the file of the table cannot be read"
