"""The tables that queries read, by the names that people know."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.source_tables import Source, by_name, main_sources, sources
from summary_tables.model.problem import Place
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from tests.lint.rules.one_rule import config


def main_tables(folder: Path, main_sql: str, dialect: Dialect = POSTGRES) -> tuple[Source, ...]:
    (folder / "defaults.yaml").write_text(f"warehouse: {{dialect: {dialect.name}}}\n")
    (folder / "t.yaml").write_text(config(main_sql), "utf-8")
    (file,) = read_folder(folder).files
    return main_sources(file)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("raw_data.nps", "raw_data.nps"),
        ("Raw_Data . NPS", "raw_data.nps"),
        ("nps", "nps"),
        ("{schema}.other", "analytics.other"),
        ("{schema}.{table}", "analytics.t"),
        ("raw_data.events_{{ ds_nodash }}", "raw_data.events_{{ ds_nodash }}"),
        ('"Raw Data"."한글"', "Raw Data.한글"),
    ],
)
def test_name_and_place(written: str, name: str, tmp_path: Path) -> None:
    (source,) = main_tables(tmp_path, f"SELECT id\nFROM {written} AS a")
    assert (source.name, source.written, source.place) == (name, written, Place(5, 8, len(written)))


@pytest.mark.parametrize(
    ("table", "dialect"),
    [
        ("pg_catalog.pg_class", POSTGRES),
        ("pg_class", POSTGRES),
        ("information_schema.tables", POSTGRES),
        ("svv_tables", REDSHIFT),
    ],
)
def test_tables_of_the_warehouse_itself_are_left_out(table: str, dialect: Dialect, tmp_path: Path) -> None:
    assert main_tables(tmp_path, f"SELECT id FROM {table}", dialect) == ()


@pytest.mark.parametrize(("table", "dialect"), [("sys_log", POSTGRES), ("raw_data.sys_log", REDSHIFT)])
def test_tables_that_are_only_called_so_stay(table: str, dialect: Dialect, tmp_path: Path) -> None:
    assert [source.name for source in main_tables(tmp_path, f"SELECT id FROM {table}", dialect)] == [table]


def test_name_without_schema_may_be_the_same_table(tmp_path: Path) -> None:
    found = main_tables(tmp_path, "SELECT 1 AS one FROM nps, raw_data.nps, crm.nps, raw_data.users")
    same = [[one.is_same_table(other) for other in found] for one in found]
    assert same == [
        [True, True, True, False],
        [True, True, False, False],
        [True, False, True, False],
        [False, False, False, True],
    ]


def test_places_of_one_table_belong_together(tmp_path: Path) -> None:
    found = by_name(main_tables(tmp_path, "SELECT 1 AS one FROM raw_data.a, raw_data.b, RAW_DATA.A AS c"))
    assert {name: [place.read.offset for place in places] for name, places in found.items()} == {
        "raw_data.a": [21, 45],
        "raw_data.b": [33],
    }


def test_query_that_cannot_be_read_reads_nothing(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(config("SELECT 1 FORM raw_data.nps"), "utf-8")
    (file,) = read_folder(tmp_path).files
    assert list(sources(file, file.queries())) == []


_PARTS = ["_table_", "_schema_", "table", "schema", "temp_", "a", "_", "x9", "xxxxxxx"]
NAMES = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=4).map(lambda parts: f"n{''.join(parts)}")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schema=NAMES, name=NAMES, dialect=st.sampled_from([POSTGRES, REDSHIFT]))
def test_any_name_beside_placeholders_is_that_name(schema: str, name: str, dialect: Dialect, tmp_path: Path) -> None:
    main_sql = (
        f"WITH _table_ AS (SELECT 1 AS one) SELECT a.one FROM {schema}.{name} AS a JOIN {{schema}}.temp_{{table}} AS b "
        f'ON TRUE JOIN {{schema}}.{name}_{{table}} AS c ON TRUE JOIN "{schema}"."{name}" AS d ON TRUE, _table_'
    )
    assert [source.name for source in main_tables(tmp_path, main_sql, dialect)] == [
        f"{schema}.{name}",
        "analytics.temp_t",
        f"analytics.{name}_t",
        f"{schema}.{name}",
    ]


def test_catalog_of_redshift_with_table_in_its_name(tmp_path: Path) -> None:
    assert main_tables(tmp_path, "SELECT 1 AS one FROM svv_table_info", REDSHIFT) == ()
