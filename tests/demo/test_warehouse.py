import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from demo import warehouse
from summary_tables.model.settings import Warehouse
from tests.demo.conftest import SampleWarehouse

VERSIONS = Warehouse().versions_schema

FORBIDDEN = {
    "builder": [
        "INSERT INTO raw_data.nps VALUES (0, '2019-05-01 08:31:00', 9)",
        "DELETE FROM raw_data.nps",
        "TRUNCATE raw_data.nps",
        "DROP TABLE raw_data.nps",
        "CREATE TABLE raw_data.t (n int)",
        "CREATE TABLE public.t (n int)",
        "CREATE SCHEMA s",
        "CREATE ROLE r",
        "CREATE DATABASE d",
        "ALTER SYSTEM SET work_mem = '1GB'",
        "COPY raw_data.nps TO '/tmp/nps'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('PG_VERSION')",
    ],
    "loader": [
        "CREATE TABLE analytics.t (n int)",
        f"CREATE TABLE {VERSIONS}.t (n int)",
        "CREATE TABLE public.t (n int)",
        "CREATE TEMP TABLE t (n int)",
    ],
    "reader": [
        "SELECT * FROM raw_data.nps",
        "CREATE TABLE analytics.t (n int)",
        f"CREATE TABLE {VERSIONS}.t (n int)",
        "CREATE TABLE public.t (n int)",
        "CREATE TEMP TABLE t (n int)",
    ],
}


@pytest.mark.parametrize(("role", "statement"), [(role, one) for role, all_of in FORBIDDEN.items() for one in all_of])
def test_roles_cannot(sample_warehouse: SampleWarehouse, role: str, statement: str) -> None:
    with sample_warehouse.session(role) as session, pytest.raises(InsufficientPrivilege):
        session.execute(statement.encode())


@pytest.mark.parametrize("role", ["builder", "loader", "reader"])
@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_roles_know_one_database_only(sample_warehouse: SampleWarehouse, role: str, database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        sample_warehouse.server.connect(database, role, getattr(sample_warehouse.roles, role))


@pytest.mark.parametrize("role", ["builder", "loader", "reader"])
def test_roles_have_no_attributes(sample_warehouse: SampleWarehouse, role: str) -> None:
    query = "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s"
    with sample_warehouse.server.connect(warehouse.DATABASE) as session:
        assert session.execute(query, [role]).fetchone() == (False,) * 5


def test_builder_builds_and_reader_reads(sample_warehouse: SampleWarehouse) -> None:
    with sample_warehouse.session("builder") as session:
        session.execute(f"CREATE TABLE {VERSIONS}.t AS SELECT count(*) AS n FROM raw_data.nps".encode())
        session.execute(f"CREATE VIEW analytics.t AS SELECT * FROM {VERSIONS}.t".encode())
    with sample_warehouse.session("reader") as reader:
        assert reader.execute("SELECT n FROM analytics.t").fetchone() == (160_000,)
        with pytest.raises(InsufficientPrivilege):
            reader.execute(f"SELECT n FROM {VERSIONS}.t".encode())
    with sample_warehouse.session("builder") as session:
        session.execute("DROP VIEW analytics.t")
        session.execute(f"DROP TABLE {VERSIONS}.t".encode())


def test_builder_reads_tables_that_the_loader_makes_later(sample_warehouse: SampleWarehouse) -> None:
    with sample_warehouse.session("loader") as loader:
        loader.execute("CREATE TABLE raw_data.later AS SELECT 1 AS n")
        with sample_warehouse.session("builder") as builder:
            assert builder.execute("SELECT n FROM raw_data.later").fetchone() == (1,)
        loader.execute("DROP TABLE raw_data.later")


def test_passwords_do_not_show() -> None:
    roles = warehouse.Roles(loader="one", builder="two", reader="three")
    assert repr(roles) == "Roles()"
