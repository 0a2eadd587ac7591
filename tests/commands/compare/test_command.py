"""`summary-tables compare`: what it prints, what it refuses, and that each way out that it names leads out."""

import json
import re
from pathlib import Path

import pytest

from tests.commands.warehouse_commands import Program, steady
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, OTHER, PASSWORD, Database, build_and_show, create

_BEFORE = (
    "SELECT DATE '2026-10-31' + day AS day, channel, day * 10 AS visits, round(day * 1.5, 2) AS spend, "
    "'kim ' || day AS customer FROM generate_series(1, 20) AS day, unnest(ARRAY['Naver', 'Google']) AS channel"
)
_AFTER = (
    "SELECT DATE '2026-10-31' + day AS day, channel, day * 10::bigint AS visits, "
    "round(day * 1.5 + CASE WHEN channel = 'Naver' AND day > 15 THEN day - 15 ELSE 0 END, 2) AS spend, "
    "CASE WHEN day > 2 THEN 'kim ' || day END AS customer, day % 7 AS weekday "
    "FROM generate_series(2, 23) AS day, unnest(ARRAY['Naver', 'Google']) AS channel"
)
_FILE = """\
table: daily
schema: analytics
main_sql: |
  SELECT 1 AS day
columns:
  - {name: day}
  - {name: channel}
  - {name: visits}
  - {name: spend}
  - {name: customer, pii: true}
  - {name: weekday}
output_check:
  - unique: [day, channel]
"""


@pytest.fixture
def program(
    database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Program:
    (tmp_path / "dag_configs").mkdir()
    monkeypatch.chdir(tmp_path)
    return Program(database, capsys, monkeypatch)


def _tables(database: Database) -> None:
    database.admin(
        f"CREATE TABLE analytics.old AS {_BEFORE}; CREATE TABLE analytics.new AS {_AFTER};"
        f"GRANT SELECT ON analytics.old, analytics.new TO {BUILDER}"
    )


def test_two_tables(program: Program) -> None:
    _tables(program.database)
    said = program("compare", "analytics.old", "analytics.new")
    said += program("compare", "analytics.new", "analytics.new")
    said += program("compare", "analytics.old", "analytics.new", "--key", "day")
    assert_golden("compare/tables.txt", said)
    assert_golden("compare/tables.md", program("compare", "analytics.old", "analytics.new", "--format", "markdown"))


def test_rows_that_nothing_tells_apart(program: Program) -> None:
    program.database.admin(
        "CREATE TABLE analytics.old AS SELECT unnest(ARRAY[1, 1, 2]) AS n, 'a' AS letter;"
        "CREATE TABLE analytics.new AS SELECT unnest(ARRAY[1, 2, 2, 3]) AS n, 'a' AS letter;"
        f"GRANT SELECT ON analytics.old, analytics.new TO {BUILDER}"
    )
    said = program("compare", "analytics.old", "analytics.new")
    assert "name these columns: `--key day,channel`" in said
    assert_golden("compare/whole_rows.txt", said + program("compare", "analytics.old", "analytics.new", "--key", "n"))


def test_two_builds_of_a_table_with_personal_data(program: Program) -> None:
    """Neither the file nor, without it, the comment lets a value out; also not where the column is the key."""
    first = build_and_show(program.database, _BEFORE, number=1)
    Path("dag_configs/daily.yaml").write_text(_FILE, "utf-8")
    assert_golden("compare/one_build.txt", program("compare", "daily"))
    build_and_show(program.database, _AFTER.replace("day * 10::bigint", "day * 10"), number=2)
    calls = (
        ("compare", "daily"),
        ("compare", "analytics.daily@2026-11-01", "daily"),
        ("compare", "daily@run 2", first.version, "--key", "customer,day,channel"),
        ("compare", "daily", "--format", "json"),
        ("compare", "daily", "--format", "markdown"),
    )
    said = "\n".join(_without_seconds(program(*call)) for call in calls)
    assert_golden("compare/builds.txt", said)
    assert "kim" not in said
    Path("dag_configs/daily.yaml").unlink()
    program.database.admin("COMMENT ON COLUMN analytics.daily.customer IS 'Who pays. Personal data.'")
    assert "kim" not in program("compare", "daily", first.version)


def _without_seconds(said: str) -> str:
    return re.sub(r'"seconds": [\d.]+', '"seconds": S', said)


def test_deployment_that_shows_no_values(program: Program) -> None:
    _tables(program.database)
    Path("dag_configs/defaults.yaml").write_text("samples: false\n", "utf-8")
    said = program("compare", "analytics.old", "analytics.new", "--format", "json")
    assert not re.search(r"2026|Naver|kim|\b37\.5", said)
    (table,) = json.loads(said.partition("\n")[2].rpartition("exit")[0])["tables"]
    assert (table["diff"]["changed"], table["diff"]["added"]) == (7, 6)


def test_what_cannot_be_compared(program: Program) -> None:
    _tables(program.database)
    create(program.database)
    calls = (
        ("compare", "analytics.old", "analytics.nowhere"),
        ("compare", "dayly", "analytics.old"),
        ("compare", "daily"),
        ("compare", "daily@2026-11-01", "analytics.old"),
        ("compare", "analytics.old", "analytics.new", "--key", "weekday"),
        ("compare", "analytics.old", "daily__20261101T000000_000000000000"),
    )
    said = "\n".join(program(*call) for call in calls)
    program.log_in(OTHER)
    said += "\n" + program("compare", "analytics.old", "analytics.new")
    said += "\n" + program("compare", "daily")
    assert_golden("compare/wrong_calls.txt", steady(said))


def test_rights_that_the_words_name_are_enough(program: Program) -> None:
    _tables(program.database)
    program.log_in(OTHER)
    for table in ("old", "new"):
        said = program("compare", "analytics.old", "analytics.new")
        found = re.search(r'GRANT SELECT ON "analytics"\.(\w+) TO other;', said)
        assert found is not None, said
        assert found[1] == table
        program.database.admin(found[0])
    assert program("compare", "analytics.old", "analytics.new").endswith("exit 0\n")


def test_rights_on_names_that_need_quotes(program: Program) -> None:
    role, schema, name = 'nightly-job "x"', "Neuer Raum", 'T "1"'
    quoted_role = '"nightly-job ""x"""'
    program.database.admin(
        f"CREATE ROLE {quoted_role} LOGIN PASSWORD '{PASSWORD}'; CREATE SCHEMA \"{schema}\";"
        f'CREATE TABLE "{schema}"."T ""1""" AS SELECT 1 AS id; GRANT USAGE ON SCHEMA raw_data TO {quoted_role};'
        f"GRANT SELECT ON raw_data.events TO {quoted_role}"
    )
    program.log_in(role)
    table = f"{schema}.{name}"
    Path("dag_configs/sources").mkdir()
    Path("dag_configs/sources/Neuer Raum.yaml").write_text(f"schema: {schema}\ntables:\n  - name: {name}\n", "utf-8")
    try:
        told = program("sources", "--check", "raw_data.events", table)
        for _ in range(2):
            said = program("compare", table, table)
            found = re.search("An administrator can allow it: (GRANT .*;)\n", said)
            assert found is not None, said
            program.database.admin(found[1])
        assert program("compare", table, table).endswith("exit 0\n")
        (grant,) = re.findall("its owner can allow it: (GRANT .*;)\n", told)
        program.database.admin(grant)
    finally:
        program.database.admin(f"DROP OWNED BY {quoted_role}; DROP ROLE {quoted_role}")


def test_limits_and_the_ways_out_of_them(program: Program) -> None:
    program.database.admin(
        "CREATE TABLE analytics.old AS SELECT n AS id, n % 7 AS v FROM generate_series(1, 200000) AS n;"
        "CREATE TABLE analytics.new AS SELECT n AS id, n % 8 AS v FROM generate_series(1, 200000) AS n;"
        f"GRANT SELECT ON analytics.old, analytics.new TO {BUILDER}; ANALYZE analytics.old; ANALYZE analytics.new"
    )
    call = ("compare", "analytics.old", "analytics.new", "--key", "id")
    dear = program(*call, "--max-cost", "1000")
    assert re.fullmatch(
        r".*analytics\.old and analytics\.new: Comparing analytics\.old with analytics\.new would cost [\d,]+, as the "
        r"warehouse's planner expects \(1: to read N kB\); allowed are 1,000\. To do it all the same: --max-cost \d+\n"
        r"exit 1\n",
        dear,
        re.DOTALL,
    ), dear
    way_out = re.search(r"--max-cost (\d+)\nexit", dear)
    assert way_out is not None
    assert program(*call, "--max-cost", way_out[1]).endswith("exit 0\n")
    slow = program(*call, "--timeout", "0.001")
    assert (
        "Comparing analytics.old with analytics.new took longer than 0.001 minutes and was stopped. To give it more "
        "time: --timeout 1; to compare a sample of fewer rows: --max-rows 200000\n" in slow
    )
    assert program(*call, "--timeout", "1").endswith("exit 0\n")
    sample = program(*call, "--max-rows", "20000")
    assert re.search(
        r"In a sample, [\d,]+ of [\d,]+ rows change, all in `v`, by at most 7\.\n.*Compared is a sample: the rows of "
        r"one of 10 keys, the same keys on both sides; [\d,]+ of 200,000 rows before and [\d,]+ of 200,000 after\. All "
        r"other numbers are those of the sample\.\n.*exit 0\n\Z",
        sample,
        re.DOTALL,
    ), sample


def test_names_as_sql_quotes_them_and_as_people_write_them(program: Program) -> None:
    program.database.admin(
        'CREATE SCHEMA "새 스키마"; CREATE TABLE "새 스키마"."a.b ""c""" AS SELECT 1 AS id;'
        f'GRANT USAGE ON SCHEMA "새 스키마" TO {BUILDER}; GRANT SELECT ON "새 스키마"."a.b ""c""" TO {BUILDER}'
    )
    for name in ('"새 스키마"."a.b ""c"""', '새 스키마.a.b "c"'):
        said = program("compare", name, name)
        assert '새 스키마.a.b "c" and 새 스키마.a.b "c": The only row stays as it is.\n' in said


def test_values_that_differ_by_nothing(program: Program) -> None:
    """A moment in another zone, and days as a year: PostgreSQL tells them apart, and they are as many seconds."""
    program.database.admin(
        "CREATE TABLE analytics.old AS SELECT 1 AS id, interval '1 year' AS span, timetz '10:00+00' AS at, 5 AS n;"
        "CREATE TABLE analytics.new AS SELECT 1 AS id, interval '365 days 6 hours' AS span, timetz '19:00+09' AS at, "
        f"7 AS n; GRANT SELECT ON analytics.old, analytics.new TO {BUILDER}"
    )
    said = program("compare", "analytics.old", "analytics.new")
    assert "The only row changes, in `span` (1), `at` (1) and `n` (1).\n" in said
    assert re.search(r"\n  span +1 {8,}0 +1 year -> 365 days 06:00:00 ", said), said


def test_personal_data_under_another_name(program: Program) -> None:
    _tables(program.database)
    program.database.admin(
        "ALTER TABLE analytics.new RENAME customer TO buyer;"
        "COMMENT ON COLUMN analytics.old.customer IS 'Who pays. Personal data.'"
    )
    calls = (("analytics.old", "analytics.new"), ("analytics.old", "analytics.new", "--key", "visits"))
    for call in calls:
        said = program("compare", *call, "--format", "json") + program("compare", *call)
        assert "buyer" in said
        assert "kim" not in said


def test_tables_of_many_columns(program: Program) -> None:
    """As many as are compared, one more, and the views that the words name."""
    columns = [", ".join(f"{side} AS c{n}" for n in range(1, 401)) for side in (0, 1)]
    program.database.admin(
        f"CREATE TABLE analytics.old AS SELECT 1 AS id, {columns[0]}; "
        f"CREATE TABLE analytics.new AS SELECT 1 AS id, {columns[1]}; ALTER TABLE analytics.new RENAME c1 TO other;"
        f"GRANT SELECT ON analytics.old, analytics.new TO {BUILDER}"
    )
    said = program("compare", "analytics.old", "analytics.new")
    assert "The only row changes, in `c2` (1), `c3` (1), `c4` (1), `c5` (1) and 395 more columns.\n" in said
    said = program("compare", "analytics.old", "analytics.old")
    assert said.endswith(
        "analytics.old and analytics.old: They share 401 columns; by a key, 400 can be compared at once. Of two views "
        "with fewer columns, `summary-tables compare` does it.\nexit 1\n"
    )
    program.database.admin(
        "CREATE VIEW analytics.few AS SELECT id, c1, c400 FROM analytics.old; "
        f"GRANT SELECT ON analytics.few TO {BUILDER}"
    )
    assert "The only row stays as it is" in program("compare", "analytics.few", "analytics.few")
