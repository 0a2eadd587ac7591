"""Each way to refresh a table: its sentence, its place in the schema, and what one more takes."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summary_tables.configs.schema_files import load_schema
from summary_tables.model.table import Refresh
from summary_tables.warehouse.increments.strategies import STRATEGIES, refresh_in_words, strategy_named

START = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("refresh", "words"),
    [
        (Refresh(), "each run builds the whole table"),
        (Refresh(strategy="append"), "each run adds its rows"),
        (Refresh(strategy="append", start=START), "each run adds its rows, from 2026-01-31 on"),
        (
            Refresh(strategy="delete_insert", time_column="날짜"),
            "each run replaces the rows of its data interval, by `날짜`",
        ),
        (
            Refresh(strategy="merge", unique_key=("date", "channel"), start=START),
            "each run replaces the rows with the same `date` and `channel`, and adds the others, from 2026-01-31 on",
        ),
    ],
)
def test_sentence(refresh: Refresh, words: str) -> None:
    assert refresh_in_words(refresh) == words


def test_the_schema_has_the_same() -> None:
    schema = load_schema("summary_table")["properties"]["refresh"]["allOf"][0]["properties"]
    assert [strategy.NAME for strategy in STRATEGIES] == list(schema)
    for strategy in STRATEGIES:
        named = strategy.columns(Refresh(time_column="day", unique_key=("day",)))
        assert list(named) == schema[strategy.NAME].get("required", [])


def test_another_name() -> None:
    with pytest.raises(LookupError, match="There is no refresh strategy `replace` with which a table grows"):
        strategy_named("replace")


_WITH_ANOTHER = """
import json, sys
from pathlib import Path
from summary_tables.configs import schema_files
from summary_tables.warehouse.increments import strategies
from tests.warehouse.increments.insert_new import InsertNew

folder = Path(sys.argv[1])
for file in schema_files.SCHEMAS.glob("*.json"):
    schema = json.loads(file.read_text("utf-8"))
    if file.name == "summary_table.schema.json":
        ways = schema["properties"]["refresh"]["allOf"][0]["properties"]
        ways["insert_new"] = ways["merge"]
    (folder / file.name).write_text(json.dumps(schema), "utf-8")
schema_files.SCHEMAS = folder
strategies.STRATEGIES = (*strategies.STRATEGIES, InsertNew())

from summary_tables.cli import main
sys.exit(main(sys.argv[2:]))
"""
_TABLE = """table: users
schema: analytics
owner: data
description: Who came.
schedule: "0 3 * * *"
refresh: {refresh}
main_sql: |
  SELECT visitor, MIN(ts) AS first_at
  FROM raw_data.visits
  WHERE ts >= '{{{{ data_interval_start }}}}' AND ts < '{{{{ data_interval_end }}}}'
  GROUP BY visitor
"""


@pytest.mark.parametrize(
    ("refresh", "words"),
    [
        ("{insert_new: {unique_key: visitor}}", ""),
        ("{insert_new: {unique_key: user}}", "`main_sql` gives no column `user`"),
        ("insert_new", '`refresh` is "insert_new", which needs `unique_key`: the column'),
        ("upserts", '"upserts"; it can be `replace`, `append`, `delete_insert`, `merge` or `insert_new`'),
    ],
)
def test_lint_knows_another_by_its_place_in_the_schema(tmp_path: Path, refresh: str, words: str) -> None:
    file = tmp_path / "dag_configs" / "users.yaml"
    schemas = tmp_path / "schemas"
    for folder in (file.parent, schemas):
        folder.mkdir()
    file.write_text(_TABLE.format(refresh=refresh), "utf-8")
    command = [sys.executable, "-c", _WITH_ANOTHER, str(schemas), "lint", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert (words in done.stdout, done.returncode) == (True, 1 if words else 0), done.stdout + done.stderr
