"""Previews of files that read each other, on a real warehouse: what is built, what is taken, and what is said of it."""

import datetime
import os
import re
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from summary_tables.commands.preview.engine import preview
from summary_tables.commands.preview.folder_plan import chain_plan
from summary_tables.commands.preview.report import chain_text
from summary_tables.commands.preview.result import ChainResult
from summary_tables.configs.folder import read_folder
from summary_tables.warehouse.session.errors import WarehouseError
from tests.commands.diff.config_folders import table
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, OTHER, READER, Database, build_and_show, table_with
from tests.warehouse.postgres.previews import CATALOG, pid_of_the_build

DAY = datetime.date(2026, 11, 21)
DAYS = "SELECT day, count(*) AS n\nFROM raw_data.events GROUP BY day"
WEEKS = "SELECT day / 7 AS week, sum(n) AS n\nFROM analytics.days GROUP BY 1"
TOTAL = "SELECT sum(weeks.n) AS n, count(*) AS weeks\nFROM analytics.weeks"
FILES = {"days": table("days", DAYS), "weeks": table("weeks", WEEKS), "total": table("total", TOTAL)}


def folder(place: Path, files: dict[str, str]) -> Path:
    path = place / "dag_configs"
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.yaml").write_text(text, "utf-8")
    return path


def tried(
    database: Database, place: Path, files: dict[str, str], name: str, role: str = BUILDER, **options: Any
) -> ChainResult:
    """A preview of the table `name`; the catalog is as before."""
    configs = read_folder(folder(place, files))
    file = next(file for file in configs.files if file.path.stem == name)
    before = database.admin(CATALOG)
    with database.connect(role) as connection:
        result = preview(connection, chain_plan(file, configs, date=DAY, **options), 2)
    assert database.admin(CATALOG) == before
    return result


def said(result: ChainResult) -> str:
    return re.sub(r"in \d+\.\d\d s", "in S.SS s", chain_text(result, where="a warehouse"))


def taken(result: ChainResult) -> dict[str, str]:
    return {each.table: "built" if each.result else "live" for each in result.table.reads}


def test_what_the_warehouse_lacks_is_built_level_by_level(database: Database, tmp_path: Path) -> None:
    result = tried(database, tmp_path, FILES, "total")
    assert result.table.built
    assert result.table.built.first_rows == (("150", "8"),)
    assert taken(result) == {"analytics.weeks": "built", "analytics.days": "built"}
    assert_golden("preview/chain/levels.txt", said(result))


def test_what_stands_in_the_warehouse_is_taken_unless_it_is_to_be_built(database: Database, tmp_path: Path) -> None:
    build_and_show(database, "SELECT 0 AS week, 7::numeric AS n", table_with(table="weeks"))
    result = tried(database, tmp_path / "live", FILES, "total")
    assert result.table.built
    assert result.table.built.first_rows == (("7", "1"),)
    assert taken(result) == {"analytics.weeks": "live"}
    forced = tried(database, tmp_path / "built", FILES, "total", builds_all=True)
    assert forced.table.built
    assert forced.table.built.first_rows == (("150", "8"),)
    assert taken(forced) == {"analytics.weeks": "built", "analytics.days": "built"}
    assert_golden("preview/chain/live.txt", said(result) + said(forced))


def test_readers_see_what_is_built_and_not_what_stands_there(database: Database, tmp_path: Path) -> None:
    build_and_show(database, "SELECT 0 AS week, 7::numeric AS n", table_with(table="weeks"))
    more = {"late": table("late", "SELECT 1 AS one FROM analytics.total"), "other": table("other", "SELECT 1 AS one")}
    result = tried(database, tmp_path, FILES | more, "days", with_readers=True)
    assert [reader.table for reader in result.readers] == ["analytics.weeks", "analytics.total", "analytics.late"]
    assert result.readers[1].built
    assert result.readers[1].built.first_rows == (("150", "8"),)
    assert result.passed
    assert_golden("preview/chain/readers.txt", said(result))


def test_more_readers_than_are_previewed_are_named(database: Database, tmp_path: Path) -> None:
    many = {f"r{number:02}": table(f"r{number:02}", "SELECT n FROM analytics.days") for number in range(17)}
    result = tried(database, tmp_path, {"days": FILES["days"]} | many, "days", with_readers=True)
    assert len(result.readers) == 10
    assert said(result).endswith(
        "Not previewed, as too many read analytics.days: analytics.r10, analytics.r11, analytics.r12, analytics.r13, "
        "analytics.r14 and 2 more.\n"
    )


CHECKED = "output_check:\n  - {name: many days, sql: 'SELECT COUNT(1) FROM {schema}.temp_{table}', count: 60}\n"
MORE: dict[str, dict[str, str]] = {
    "a check that fails": {"days": table("days", DAYS, CHECKED)},
    "a query that fails": {"days": table("days", DAYS.replace("count(*)", "1 / (count(*) - 3)"))},
    "a file that is wrong": {"days": table("days", f"{DAYS};\nSELECT 2 AS two")},
    "a cycle": {
        "days": table("days", DAYS.replace("FROM", "FROM analytics.total,").replace("count(*)", "count(event)"))
    },
    "a table that grows": {
        "days": table(
            "days",
            "SELECT day, count(*) AS n FROM raw_data.events\n"
            "WHERE DATE '2026-11-01' + day >= '{{ data_interval_start | ds }}'\n"
            "AND DATE '2026-11-01' + day < '{{ data_interval_end | ds }}' GROUP BY day",
            'schedule: "@daily"\nrefresh: {append: {start: 2026-11-03}}\n',
        ),
    },
    "another schema": {
        "days": table("days", DAYS).replace("schema: analytics", "schema: marts"),
        "weeks": table("weeks", WEEKS.replace("analytics.days", "marts.days")),
    },
}


@pytest.mark.parametrize("case", MORE)
def test_what_happens_further_up_is_told(case: str, database: Database, tmp_path: Path) -> None:
    database.admin(f"CREATE SCHEMA marts; GRANT USAGE, CREATE ON SCHEMA marts TO {BUILDER}")
    result = tried(database, tmp_path, FILES | MORE[case], "total")
    assert_golden(f"preview/chain/{case.replace(' ', '_')}.txt", said(result))
    assert result.passed == (case in ("a table that grows", "another schema"))


def test_in_a_cycle_what_stands_in_the_warehouse_is_taken(database: Database, tmp_path: Path) -> None:
    build_and_show(database, "SELECT 7::numeric AS n, 1::bigint AS weeks", table_with(table="total"))
    result = tried(database, tmp_path, FILES | MORE["a cycle"], "total")
    assert taken(result) == {"analytics.days": "built", "analytics.weeks": "built", "analytics.total": "live"}
    assert result.passed


def test_rights_that_are_missing(database: Database, tmp_path: Path) -> None:
    """The live table may not be read, and then what it is built from may not."""
    build_and_show(database, DAYS, table_with(table="days", grants=table_with().grants))
    database.admin(f"GRANT USAGE ON SCHEMA raw_data TO {OTHER}; GRANT SELECT ON raw_data.events TO {OTHER}")
    files = {"days": FILES["days"], "weeks": FILES["weeks"]}
    built = tried(database, tmp_path / "built", files, "weeks", role=OTHER)
    database.admin(f"REVOKE SELECT ON raw_data.events FROM {OTHER}")
    refused = tried(database, tmp_path / "refused", files, "weeks", role=OTHER)
    assert_golden("preview/chain/rights.txt", said(built) + said(refused))
    database.admin(f"REVOKE TEMPORARY ON DATABASE {database.name} FROM PUBLIC")
    none = tried(database, tmp_path / "none", files, "weeks", role=READER)
    assert none.table.refusal
    assert "may not create" in none.table.refusal.error


def test_a_backend_that_is_killed_in_the_second_table_leaves_nothing(database: Database, tmp_path: Path) -> None:
    before = database.admin(CATALOG)
    slow = {"weeks": table("weeks", f"{WEEKS.replace('sum(n)', 'sum(n + length(pg_sleep(60)::text))')}")}
    configs = read_folder(folder(tmp_path, FILES | slow))
    plan = chain_plan(configs.by_name["analytics.total"], configs, date=DAY)
    lost: list[str] = []

    def previewing() -> None:
        with database.connect() as connection, pytest.raises(WarehouseError) as error:
            preview(connection, plan, 1)
        lost.append(str(error.value))

    thread = threading.Thread(target=previewing)
    thread.start()
    os.kill(pid_of_the_build(database), signal.SIGKILL)
    thread.join()
    database.await_recovery()
    assert lost == ["The connection to the warehouse was lost."]
    assert database.admin(CATALOG) == before
