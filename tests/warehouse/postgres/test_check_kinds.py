"""Each kind of check on a real warehouse, as a run asks it: what it is called, and whole messages.

The tables hold NULLs, Korean text, quotes in values and in names of columns, numbers, texts, times and truths.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
import yaml

from summary_tables.checks import CHECK_KINDS, MOST_ROWS, Answer, Check, check_from_item
from summary_tables.model.failure import Failure
from summary_tables.model.placeholders import fill_earlier_builds, fill_fresh_table, fill_names
from summary_tables.model.settings import Warehouse
from summary_tables.sql import select_only
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.dates import template_dates
from summary_tables.sql.templates.template import filled_in
from summary_tables.warehouse.comparisons import earlier_builds
from summary_tables.warehouse.session.errors import WarehouseError
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, Database, build_and_show, run, table_with
from tests.warehouse.postgres.in_session import read_answer

END = datetime(2026, 11, 22, 3, tzinfo=UTC)
DATES = template_dates(logical_date=END, start=END, end=END, due=END)

_TABLES = """
CREATE TABLE raw_data.odd (
    id integer, "이 름" text, "a""b" text, share numeric(10, 4), size double precision, ok boolean, tags text[],
    day date, at timestamp, at_zone timestamptz, written text
);
INSERT INTO raw_data.odd VALUES
    (1, '한국', 'it''s', 0.5, 1.5, true, '{a}', '2026-11-18', '2026-11-20 12:00', '2026-11-20 12:00+09',
     '2026-11-20 12:00:00'),
    (2, '서울 😀', 'say "hi"', -1, 2.5, false, NULL, '2026-11-19', '2026-11-21 04:00', '2026-11-21 05:00+00',
     '2026-11-21T04:00:00Z'),
    (3, '한국', 'C:\\dir', 7.25, 'NaN', NULL, '{}', '2026-11-22', NULL, NULL, NULL),
    (3, NULL, '{{ ds }} {schema}', NULL, NULL, true, '{b}', '2026-11-22', NULL, NULL, NULL),
    (NULL, '', '100%', 100, 3, true, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE raw_data.empty (LIKE raw_data.odd);
CREATE TABLE raw_data.other (key integer, "a""b" text);
CREATE TABLE raw_data.hours AS
    SELECT * FROM (VALUES (timestamptz '2026-11-18 12:00Z'), ('2026-11-19 03:30Z'), ('2026-11-20 12:00Z')) AS x (at);
INSERT INTO raw_data.other VALUES (1, 'it''s'), (2, 'x'), (NULL, 'y'), (4, 'z'), (5, 'z');
GRANT SELECT ON ALL TABLES IN SCHEMA raw_data TO builder;
"""

OWN = table_with(table="t")
QUOTE = 'a"b'
ODD, EMPTY, HOURS = "raw_data.odd", "raw_data.empty", "raw_data.hours"


@dataclass(frozen=True)
class Case:
    """An item of a file, without `table`."""

    passes: bool
    item: dict[str, Any]
    table: str = ODD


def case(passes: bool, kind: str, value: object, table: str = ODD, **more: object) -> Case:
    return Case(passes, {kind: value, **more}, table)


CASES = [
    case(True, "row_count", {"min": 5}),
    case(True, "row_count", {"min": 5, "max": 5}),
    case(False, "row_count", {"min": 1200}),
    case(False, "row_count", {"max": 4}),
    case(False, "row_count", {"min": 1, "max": 4}),
    case(False, "row_count", {"min": 1}, EMPTY),
    case(True, "row_count", {"max": 0}, EMPTY),
    case(True, "not_null", QUOTE),
    case(True, "not_null", ["id", "이 름"], EMPTY),
    case(False, "not_null", ["id", QUOTE, "이 름", "at", "ok"]),
    case(False, "not_null", "이 름", name="이름이 있다"),
    case(True, "unique", QUOTE),
    case(True, "unique", ["id", "이 름"]),
    case(True, "unique", "day", EMPTY),
    case(False, "unique", "id"),
    case(False, "unique", "이 름"),
    case(False, "unique", "ok"),
    case(False, "unique", ["id", "day"]),
    case(True, "accepted_values", {"column": "이 름", "values": ["한국", "서울 😀", ""]}),
    case(
        True,
        "accepted_values",
        {"column": QUOTE, "values": ["it's", 'say "hi"', "C:\\dir", "{{ ds }} {schema}", "100%"]},
    ),
    case(True, "accepted_values", {"column": "id", "values": [1, 2, 3]}),
    case(True, "accepted_values", {"column": "ok", "values": [True, False]}),
    case(True, "accepted_values", {"column": "id", "values": [1]}, EMPTY),
    case(False, "accepted_values", {"column": QUOTE, "values": ["it's"]}),
    case(False, "accepted_values", {"column": "이 름", "values": ["A", "it's", "C, D"]}),
    case(False, "accepted_values", {"column": "id", "values": [1, 2]}),
    case(False, "accepted_values", {"column": "ok", "values": [False]}),
    case(False, "accepted_values", {"column": "day", "values": ["2026-11-22"]}),
    case(True, "range", {"column": "share", "min": -1, "max": 100}),
    case(True, "range", {"column": "day", "min": "2026-11-18", "max": "2026-11-22"}),
    case(True, "range", {"column": "at", "min": "2026-11-18 12:00", "max": "2026-11-20 12:00"}, HOURS),
    case(True, "range", {"column": "share", "min": 1}, EMPTY),
    case(False, "range", {"column": "share", "min": 0, "max": 7.5}),
    case(False, "range", {"column": "size", "max": 2000.5}),
    case(False, "range", {"column": "at", "min": "2026-11-21"}),
    case(False, "range", {"column": "at_zone", "min": "2026-11-21 00:00+00"}),
    case(True, "null_share", {"column": "id", "max": 0.2}),
    case(True, "null_share", {"column": "id", "max": 0}, EMPTY),
    case(False, "null_share", {"column": "at", "max": 0.333}),
    case(True, "matches", {"column": "written", "pattern": r"^\d{4}-\d{2}-\d{2}[ T]"}),
    case(True, "matches", {"column": "written", "pattern": "x"}, EMPTY),
    case(False, "matches", {"column": "이 름", "pattern": "^[가-힣]+$"}),
    case(False, "matches", {"column": QUOTE, "pattern": r"'s$|\\|{{2}|%"}),
    case(True, "length", {"column": "이 름", "max": 4}),
    case(True, "length", {"column": "이 름", "min": 1}, EMPTY),
    case(False, "length", {"column": "이 름", "min": 1, "max": 2}),
    case(False, "length", {"column": QUOTE, "max": 1}),
    case(True, "relationships", {"column": "id", "to": "raw_data.other", "to_column": "key"}, EMPTY),
    case(True, "relationships", {"column": "id", "to": "raw_data.odd", "to_column": "id"}),
    case(False, "relationships", {"column": "id", "to": "raw_data.other", "to_column": "key"}),
    case(False, "relationships", {"column": QUOTE, "to": "raw_data.other", "to_column": QUOTE}),
    case(True, "freshness", {"column": "at", "within_hours": 23}),
    case(True, "freshness", {"column": "at_zone", "within_hours": 22}),
    case(True, "freshness", {"column": "written", "within_hours": 23}),
    case(True, "freshness", {"column": "day", "within_hours": 3}),
    case(False, "freshness", {"column": "at", "within_hours": 22.5}),
    case(False, "freshness", {"column": "at_zone", "within_hours": 1}),
    case(False, "freshness", {"column": "written", "within_hours": 22}),
    case(False, "freshness", {"column": "at", "within_hours": 26}, EMPTY),
    case(True, "no_gaps", {"column": "day"}, EMPTY),
    case(True, "no_gaps", {"column": "at"}),
    case(True, "no_gaps", {"column": "at"}, HOURS),
    case(False, "no_gaps", {"column": "day"}),
    case(True, "sum", {"column": "share", "min": 106.75, "max": 106.75}),
    case(False, "sum", {"column": "share", "max": 100}),
    case(False, "sum", {"column": "size", "min": 1}),
    case(False, "sum", {"column": "share", "min": 0}, EMPTY),
    case(True, "average", {"column": "id", "min": 2, "max": 2.25}),
    case(False, "average", {"column": "share", "min": 1000000, "max": 2000000}),
    case(False, "average", {"column": "share", "min": 0}, EMPTY),
    case(True, "row_count_equals", {"table": "raw_data.other"}),
    case(False, "row_count_equals", {"table": "raw_data.other"}, EMPTY),
    case(True, "row_count_change", {"max_decrease_percent": 10, "max_increase_percent": 25}),
    case(True, "row_count_change", {"max_increase_percent": 0, "compared_to": "same_weekday"}),
    case(False, "row_count_change", {"max_increase_percent": 24.9}),
    case(False, "row_count_change", {"max_decrease_percent": 10, "max_increase_percent": 50}, EMPTY),
    case(False, "row_count_change", {"max_decrease_percent": 58.3, "compared_to": "same_weekday"}),
    case(True, "no_rows", "SELECT 1 WHERE false;"),
    case(True, "no_rows", "SELECT 1 WHERE false; -- none"),
    case(False, "no_rows", "SELECT ';' AS a /* ; -- b */ ; /* c */ --"),
    case(False, "no_rows", "SELECT id, \"이 름\", 'it''s', share, at, ok FROM raw_data.odd WHERE id = 3 -- twice"),
    case(False, "no_rows", "SELECT generate_series(1, 1000) AS n"),
    case(
        False,
        "no_rows",
        "SELECT date 'infinity' AS a, timestamptz '-infinity' AS b, date '0044-03-15 BC' AS c, time '24:00' AS d,\n"
        "daterange('2026-01-01', 'infinity') AS e, jsonb '{\"a\": [true, null]}' AS f, bytea '\\xff' AS g,\n"
        "array[1, 2] AS h, '{}'::date[] AS i",
    ),
    case(True, "sql", "SELECT COUNT(1) FROM raw_data.odd", count=5),
    case(False, "sql", "SELECT MAX(id) FROM raw_data.empty", count=5),
    case(False, "sql", 'SELECT MAX("이 름") FROM raw_data.odd', count=5),
]


@pytest.fixture
def warehouse(database: Database) -> Database:
    database.admin(_TABLES)
    build_and_show(database, "SELECT generate_series(1, 12) AS n", OWN, number=14)
    build_and_show(database, "SELECT generate_series(1, 4) AS n", OWN, number=20)
    return database


def asked(connection: psycopg.Connection[Any], found: Case, *, samples: bool = True) -> tuple[bool, str]:
    """Whether the check passes, and the failure as Airflow and Slack tell it."""
    is_input = "row_count_change" not in found.item
    names_table = is_input and found.item.keys().isdisjoint({"sql", "no_rows"})
    check = check_from_item({**found.item, **({"table": found.table} if names_table else {}), "samples": samples})
    sql = rendered(check.sql, found.table)
    assert select_only.violation(sql, POSTGRES, rendered=True) is None
    verdict = check.judge(answered(connection, check, sql))
    words = Failure(
        step="input_check" if is_input else "output_check",
        table="analytics.t",
        check=check.label(),
        expected=verdict.expected,
        actual=verdict.actual,
    )
    return verdict.passed, str(words).replace("failed:", "holds:" if verdict.passed else "failed:")


def answered(connection: psycopg.Connection[Any], check: Check, sql: str) -> Answer:
    """As `runs.check_step` asks."""
    return read_answer(
        connection, sql, width=check.width, most=MOST_ROWS, warehouse=Warehouse(), is_ours=not check.IS_QUERY
    )


def rendered(sql: str, fresh: str = '"summary_tables"."v 1"') -> str:
    """As `runs.check_step` does it."""
    sql = fill_earlier_builds(sql, earlier_builds(OWN, Warehouse(), run(21)))
    text = filled_in(sql, DATES, POSTGRES)
    return fill_names(fill_fresh_table(text, fresh), schema="analytics", table="t")


def test_every_kind_passes_and_fails_in_plain_words(warehouse: Database) -> None:
    with warehouse.connect() as connection:
        found = [asked(connection, each) for each in CASES]
    assert [(each.item, passed) for each, (passed, _) in zip(CASES, found, strict=True)] == [
        (each.item, each.passes) for each in CASES
    ]
    assert_golden("checks/messages.txt", "".join(f"{words}\n" for _, words in found))


def test_a_kind_that_does_not_fit_the_column_speaks_of_the_column_and_of_no_query(database: Database) -> None:
    database.admin("CREATE TABLE raw_data.t AS SELECT text 'a' AS a, json '1' AS j")
    database.admin(f"GRANT SELECT ON raw_data.t TO {BUILDER}")
    no_fit = "The check does not fit the type of its column: the warehouse knows no"
    wrong = {
        "range: {column: a, min: 0}": f"{no_fit} text < integer.",
        "sum: {column: a, min: 0}": f"{no_fit} sum(text).",
        "length: {column: j, max: 1}": f"{no_fit} length(json).",
        "unique: j": "Values of the type json cannot be compared with each other; "
        "those of jsonb can: write ::jsonb behind the column.",
        "range: {column: b, min: 0}": 'There is no column "b".',
    }
    said = {}
    with database.connect() as connection:
        for text in wrong:
            check = check_from_item({**yaml.safe_load(text), "table": "raw_data.t", "samples": False})
            with pytest.raises(WarehouseError) as error:
                answered(connection, check, rendered(check.sql))
            said[text] = str(error.value)
    assert said == wrong


def test_without_samples_the_verdicts_are_the_same_and_messages_show_no_value(warehouse: Database) -> None:
    with warehouse.connect() as connection:
        found = [asked(connection, each, samples=False) for each in CASES]
    assert [passed for passed, _ in found] == [each.passes for each in CASES]
    failures = "".join(f"{words}\n" for passed, words in found if not passed)
    assert_golden("checks/messages_without_samples.txt", failures)


def test_every_kind_has_a_passing_and_a_failing_case() -> None:
    for kind in CHECK_KINDS.values():
        assert {each.passes for each in CASES if kind.KEY in each.item} == {True, False}, kind.KEY


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
@pytest.mark.parametrize("style", ["ISO, DMY", "Postgres, MDY"])
def test_times_do_not_depend_on_how_the_warehouse_reads_and_writes_them(
    warehouse: Database, zone: str, style: str
) -> None:
    of_times = ("at", "at_zone", "day", "written")
    named = [each for each in CASES if each.item.keys().isdisjoint({"sql", "no_rows", "row_count_change"})]
    cases = [each for each in named if {*of_times}.intersection(check_from_item(each.item).columns)]
    with warehouse.connect() as connection:
        usual = [asked(connection, each) for each in cases]
    warehouse.admin(f"ALTER DATABASE {warehouse.name} SET TimeZone = '{zone}'")
    warehouse.admin(f"ALTER DATABASE {warehouse.name} SET DateStyle = '{style}'")
    with warehouse.connect() as connection:
        assert [asked(connection, each) for each in cases] == usual


def test_the_new_table_is_looked_at_where_no_other_is_named(warehouse: Database) -> None:
    """The same verdicts on a copy under the name of a version."""
    warehouse.admin(
        'CREATE TABLE summary_tables."v 1" AS SELECT * FROM raw_data.odd;'
        'GRANT SELECT ON summary_tables."v 1" TO builder'
    )
    with warehouse.connect() as connection:
        for each in CASES:
            if each.table == ODD and each.item.keys().isdisjoint({"sql", "no_rows"}):
                check = check_from_item(each.item)
                sql = rendered(check.sql)
                assert '"summary_tables"."v 1"' in sql
                assert check.judge(answered(connection, check, sql)).passed == each.passes, each
