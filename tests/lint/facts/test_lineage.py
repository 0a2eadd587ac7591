"""Who reads whom, directly and through others."""

from pathlib import Path

from summary_tables.lint.facts.lineage import lineage, tables_read
from tests.commands.diff.config_folders import folder_of, table


def test_readers_and_downstream(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        a=table("a", "SELECT x FROM raw_data.t JOIN {schema}.z USING (x) JOIN raw_data.t AS again USING (x)"),
        b=table("b", "SELECT x FROM analytics.a"),
        c=table("c", "WITH w AS (SELECT x FROM analytics.b) SELECT x FROM w"),
        d=table("d", more="schedule: {after: [analytics.c]}\n"),
        itself=table("itself", "SELECT x FROM {schema}.{table}"),
        wrong=table("wrong", "SELECT FROM WHERE"),
    )
    found = lineage(folder)
    assert found.reads["analytics.a"] == ("analytics.z", "raw_data.t")
    assert found.readers["analytics.c"] == ("analytics.d",)
    assert "analytics.itself" not in found.readers
    assert found.downstream(["raw_data.t"]) == ("analytics.a", "analytics.b", "analytics.c", "analytics.d")
    assert found.downstream(["analytics.b", "analytics.c"]) == ("analytics.d",)
    assert tables_read(folder.by_name["analytics.wrong"]) is None


def test_circle_ends(tmp_path: Path) -> None:
    found = lineage(
        folder_of(
            tmp_path,
            a=table("a", "SELECT x FROM analytics.b JOIN raw_data.t USING (x)"),
            b=table("b", "SELECT x FROM analytics.a"),
        )
    )
    assert found.downstream(["analytics.a"]) == ("analytics.b",)
    assert found.downstream(["raw_data.t"]) == ("analytics.a", "analytics.b")
