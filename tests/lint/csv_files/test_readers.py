"""What others know of a table that is made of a CSV file: its columns are the declared ones, and it reads no table."""

from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.column_lineage import column_lineage
from summary_tables.lint.facts.lineage import lineage

COUNTRIES = """\
# yaml-language-server: $schema=../schemas/summary_table.schema.json
table: countries
schema: analytics
csv: {file: countries.csv}
columns: [{name: code, type: text}, {name: people, type: bigint}]
"""
READER = """\
# yaml-language-server: $schema=../schemas/summary_table.schema.json
table: big
schema: analytics
schedule: {after: [analytics.countries]}
main_sql: SELECT code, peple / 2 AS half FROM analytics.countries
"""
SOURCES = "schema: raw_data\ntables: [{name: x, columns: [{name: a, type: integer}]}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    (found / "sources").mkdir(parents=True)
    (found / "sources" / "raw_data.yaml").write_text(SOURCES)
    (found / "countries.yaml").write_text(COUNTRIES)
    (found / "countries.csv").write_text("code,people\nKR,51700000\n")
    (found / "big.yaml").write_text(READER)
    return found


def test_known_sources_have_its_columns(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["lint", "--no-server", str(folder)])
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "dag_configs/big.yaml:5:24: error[warehouse-column] `analytics.countries` has no column `peple`"


def test_lineage_ends_there(folder: Path) -> None:
    (folder / "big.yaml").write_text(READER.replace("peple", "people"))
    found = read_folder(folder)
    assert lineage(found).reads == {"analytics.big": ("analytics.countries",), "analytics.countries": ()}
    columns = column_lineage(found, lineage(found))
    assert columns.columns("analytics.countries") == ("code", "people")
    reached = [(each.table, each.column, each.how) for each in columns.reached([("analytics.countries", "people")])]
    assert reached == [("analytics.big", "half", "value")]
    reached = [(each.table, each.column, each.how) for each in columns.reached([("analytics.countries", "code")])]
    assert reached == [("analytics.big", "code", "value")]
