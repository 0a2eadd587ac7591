"""`summary-tables sources`, in a real warehouse in which people move what people move."""

import json
from pathlib import Path

import pytest

from demo import sample_data
from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.lint.engine import lint
from tests.commands.warehouse_commands import Program
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import OTHER, Database

TABLE = "table: {name}\nschema: analytics\nmain_sql: |\n  {sql}\n"
QUERIES = {
    "by_day": "SELECT created_at AS day, AVG(score) AS nps, MAX(mood) AS mood FROM raw_data.nps GROUP BY 1",
    "by_month": "SELECT LEFT(day, 7) AS month, AVG(nps) AS nps FROM analytics.by_day GROUP BY 1",
    "answers": "SELECT id FROM raw_data.nps WHERE score > 0",
    "ids": "SELECT id, COUNT(1) AS n FROM raw_data.nps GROUP BY 1",
    "shops": 'SELECT "이름", s.note AS note FROM "Raw Data"."매장 목록" s JOIN raw_data.log l ON l.shop = s."이름"',
    "all_of_it": "SELECT day, event, n, latest FROM raw_data.by_view JOIN raw_data.by_copy USING (day)",
    "far": "SELECT * FROM raw_data.remote",
}
SET_UP = """
CREATE SCHEMA "Raw Data";
CREATE TYPE raw_data.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN raw_data.score AS smallint CHECK (VALUE BETWEEN 0 AND 10);
CREATE TABLE raw_data.nps (
    id integer, created_at varchar(19), score raw_data.score, mood raw_data.mood, tags text[], spare numeric(10,2)
);
COMMENT ON TABLE raw_data.nps IS 'One row an answer.';
COMMENT ON COLUMN raw_data.nps.score IS 'From 0 to 10: "how likely"';
CREATE TABLE "Raw Data"."매장 목록" ("이름" text, note varchar(20), "Größe" double precision, "a, {b}: #c" date);
CREATE TABLE raw_data.log (shop text, at timestamptz(3)) PARTITION BY RANGE (at);
CREATE VIEW raw_data.by_view AS SELECT day, event, count(*) AS n FROM raw_data.events GROUP BY 1, 2;
CREATE MATERIALIZED VIEW raw_data.by_copy AS SELECT day, max(event) AS latest FROM raw_data.events GROUP BY 1;
CREATE FOREIGN DATA WRAPPER far_away;
CREATE SERVER far_away FOREIGN DATA WRAPPER far_away;
CREATE FOREIGN TABLE raw_data.remote (a int, gone text) SERVER far_away;
GRANT USAGE ON SCHEMA "Raw Data" TO builder;
GRANT SELECT ON ALL TABLES IN SCHEMA raw_data, "Raw Data" TO builder;
"""
MINE = """\
# yaml-language-server: $schema=../../schemas/sources.schema.json
# Ask before you change this.
schema: raw_data
owner: platform   # since 2024
tables:
- columns:        # all of them
  - {name: mood, type: mood}   # theirs
  # the key
  - name: id
    type: int4
    description: |
      The answer.

  - name: old   # of the old system
    type: text

  - {type: "varchar(19)", name: created_at, description: 'When, in UTC'}
  # what counts
  - type: score
    name: points
    description: The score.
  name: nps
  loaded_at: {column: points, within_hours: 2}
  # kept
- {name: log, columns: [{name: shop, type: text}, {name: gone, type: date},   # soon
    {name: also_gone, type: date}]}
- name: by_copy
types: [{name: mood, values: [sad, ok]}, {name: score, base: int2}]
# the end"""


@pytest.fixture
def program(
    database: Database, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Program:
    """Called beside `folder`."""
    assert folder.is_dir()
    database.admin(SET_UP)
    return Program(database, capsys, monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    for name, sql in QUERIES.items():
        (found / f"{name}.yaml").write_text(TABLE.format(name=name, sql=sql), "utf-8")
    (found / "defaults.yaml").write_text(
        "# yaml-language-server: $schema=../schemas/defaults.schema.json\nretries: 1\n"
    )
    monkeypatch.chdir(tmp_path)
    return found


def written(folder: Path) -> str:
    paths = sorted((folder / "sources").iterdir())
    return "".join(f"--- {path.name}\n{path.read_text('utf-8')}\n" for path in paths)


def errors(folder: Path) -> list[str]:
    return [str(problem) for problem in lint([folder / "sources"]).problems]


def test_what_the_configs_read_is_written_and_is_then_as_the_warehouse_is(program: Program, folder: Path) -> None:
    said = program("sources", "--check") + program("sources") + program("sources", "--check")
    assert_golden("commands/sources/new.txt", f"{said}\n{written(folder)}")
    assert errors(folder) == []
    before = written(folder)
    assert program("sources").endswith("6 tables are in dag_configs/sources/ as in the warehouse.\nexit 0\n")
    assert written(folder) == before


def test_what_people_moved_is_told_with_what_it_breaks_and_written(program: Program, folder: Path) -> None:
    program("sources")
    program.database.admin(
        "ALTER TABLE raw_data.nps DROP COLUMN score, ALTER COLUMN created_at TYPE varchar(40), ADD COLUMN late boolean;"
        "ALTER TABLE raw_data.nps RENAME COLUMN tags TO labels; ALTER TYPE raw_data.mood ADD VALUE 'great' BEFORE 'ok';"
        "ALTER TABLE raw_data.nps ALTER COLUMN id TYPE text; ALTER FOREIGN TABLE raw_data.remote DROP COLUMN gone;"
        'ALTER TABLE "Raw Data"."매장 목록" RENAME COLUMN note TO remark; DROP TABLE raw_data.log;'
        "DROP MATERIALIZED VIEW raw_data.by_copy; CREATE TABLE raw_data.by_copy (day int, latest int);"
        "REVOKE SELECT ON raw_data.by_view FROM builder; GRANT SELECT ON raw_data.by_copy TO builder"
    )
    before = written(folder)
    checked = program("sources", "--check")
    assert written(folder) == before
    as_json = program("sources", "--check", "--format", "json")
    said = checked + program("sources") + program("sources")
    assert_golden("commands/sources/moved.txt", f"{said}\n{written(folder)}\n{as_json}")


def test_what_people_wrote_stays(program: Program, folder: Path) -> None:
    (folder / "sources").mkdir()
    path = folder / "sources" / "raw_data.yaml"
    path.write_text(MINE, "utf-8")
    said = program("sources")
    text = path.read_text("utf-8")
    assert_golden("commands/sources/mine.txt", f"{said}\n{text}")
    for comment in MINE.split("#")[1:]:
        words = comment.partition("\n")[0]
        assert f"#{words}" in text or words == " of the old system"
    assert errors(folder) == [
        "dag_configs/sources/raw_data.yaml:25:23: error[source-loaded-at] `nps` has no column `points`; "
        "fix: name one of its `columns`"
    ]
    program("sources")
    assert path.read_text("utf-8") == text


def test_a_table_that_no_config_reads_yet_can_be_named(program: Program) -> None:
    said = program("sources", "raw_data.events", "raw_data.evnts")
    assert said == (
        "$ summary-tables sources raw_data.events raw_data.evnts\n"
        "dag_configs/sources/raw_data.yaml\n"
        "  events: in no file yet; the warehouse has it with 2 columns\n"
        "  evnts: not in the warehouse\n"
        "Wrote dag_configs/sources/raw_data.yaml.\n"
        "2 differences.\n"
        "exit 1\n"
    )
    assert program("sources", "events") == (
        "$ summary-tables sources events\n! summary-tables: events is not a table with its schema, such as "
        "raw_data.nps\nexit 2\n"
    )


def test_a_role_for_the_catalog_alone_is_enough(program: Program) -> None:
    program.log_in(OTHER)
    program("sources")
    assert program("sources", "--check").endswith("as in the warehouse.\nexit 0\n")
    program.database.admin(f"GRANT USAGE ON SCHEMA raw_data TO {OTHER}; GRANT SELECT ON raw_data.log TO {OTHER}")
    grant = 'GRANT USAGE ON SCHEMA "raw_data" TO other; GRANT SELECT ON "raw_data"."nps" TO other;'
    assert (
        f"  nps: the role other may not read it; its owner can allow it: {grant}\n"
        "    breaks analytics.answers, analytics.by_day and analytics.ids\n"
    ) in program("sources", "--check")


def test_the_right_that_a_message_names_is_enough(program: Program) -> None:
    program.database.admin("REVOKE USAGE ON SCHEMA raw_data FROM builder; REVOKE SELECT ON raw_data.log FROM builder")
    said = program("sources", "--check")
    grants = [line.partition("allow it: ")[2] for line in said.splitlines() if "allow it: " in line]
    assert len(grants) == 5
    program.database.admin("".join(grants))
    assert "may not read" not in program("sources", "--check")


def test_files_with_errors_are_left_alone(program: Program, folder: Path) -> None:
    (folder / "sources").mkdir()
    path = folder / "sources" / "raw_data.yaml"
    path.write_text("schema: raw_data\ntabels: []\n")
    said = program("sources")
    assert (
        "Not looked at: dag_configs/sources/raw_data.yaml, which has errors; "
        "run `summary-tables lint dag_configs/sources/raw_data.yaml`.\n"
    ) in said
    assert path.read_text() == "schema: raw_data\ntabels: []\n"
    assert (folder / "sources" / "Raw Data.yaml").exists()


def test_a_name_without_a_schema_is_told(program: Program, folder: Path) -> None:
    for name in QUERIES:
        (folder / f"{name}.yaml").unlink()
    (folder / "a.yaml").write_text(TABLE.format(name="a", sql="SELECT day FROM events"))
    assert program("sources") == (
        "$ summary-tables sources\nNot looked at: events, which analytics.a reads without a schema.\n"
        "No table of others with its schema is read, and no file in dag_configs/sources/ has one; to add one by name: "
        "`summary-tables sources raw_data.orders --warehouse ADDRESS`.\nexit 0\n"
    )
    assert not (folder / "sources").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--folder", "nowhere"],
            "summary-tables: nowhere is not a folder; name the one with the configs: --folder DIR",
        ),
        ([], "summary-tables: dag_configs/sources is no folder, and known sources are files in one of this name"),
    ],
)
def test_without_a_folder(
    arguments: list[str], expected: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sources").write_text("")
    assert cli.main(["sources", *arguments, "--warehouse", "postgresql://nobody@localhost:1/none"]) == USAGE
    assert capsys.readouterr() == ("", f"{expected}\n")


def test_the_sample_tables_are_known(program: Program) -> None:
    with program.database.server.connect(program.database.name) as session:
        session.execute("DROP TABLE raw_data.nps")
        sample_data.load(session, nps_rows=1)
    assert program("sources", "--check", "--folder", str(REPOSITORY / "dag_configs")).endswith(
        "3 tables are in dag_configs/sources/ as in the warehouse.\nexit 0\n"
    )


def test_json_is_for_programs(program: Program) -> None:
    said = program("sources", "--format", "json")
    document = json.loads(said.partition("\n")[2].rpartition("exit")[0])
    assert [item["written"] for item in document["files"]] == [True, True]
    assert said.endswith(f"exit {OK}\n")
    assert program("sources", "raw_data.no", "--check", "--format", "json").endswith(f"exit {PROBLEMS}\n")
