"""A seed has the types and the rows that dbt loads of it."""

import csv
import json
import subprocess
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from summary_tables import cli
from summary_tables.commands.import_dbt.seed_types import loaded
from tests.conftest import REPOSITORY

PYTHON = REPOSITORY / "dbt_environment" / ".venv" / "bin" / "python"
COLUMNS = {
    "whole": ["1", "-2", "+3", ""],
    "zip": ["00501", "1", "", "null"],
    "fraction": ["1.0", "2.50", "1e-3", ".5"],
    "no_fraction": ["1.0", "2.00", "1e3", ""],
    "money": ["$1,000.50", "-$2", "€3", "10%"],
    "grouped": ["1,000", "2", "NULL", ""],
    "nothing": ["", "null", "", " "],
    "day": ["2026-01-31", "2026-1-5", "", ""],
    "no_day": ["2026-02-30", "", "", ""],
    "clock": ["2026-01-31 10:00:00", "2026-1-5 9:00:00", "", ""],
    "part_of_second": ["2026-01-31 10:00:00.5", "", "", ""],
    "iso": ["2026-01-31T10:00:00", "2026-01-31T10:00:00.25", "2026-01-31T10:00", ""],
    "zone": ["2026-01-31T10:00:00Z", "2026-01-31T10:00:00.123+02:00", "2026-01-31T00:30:00-0100", ""],
    "mixed": ["2026-01-31", "2026-01-31 10:00:00", "", ""],
    "truth": ["true", "FALSE", "", ""],
    "yes": ["yes", "no", "", ""],
    "word": ["a", " b ", "null", ""],
}
BY_DBT = """
import json, sys
from dbt.adapters.postgres.impl import PostgresAdapter
from dbt_common.clients.agate_helper import from_csv
found = from_csv(sys.argv[1], text_columns=[])
print(json.dumps({
    name: [PostgresAdapter.convert_type(found, at), [None if cell is None else str(cell) for cell in found.columns[at]]]
    for at, name in enumerate(found.column_names)
}))
"""
TYPES = {"float8": "double precision", "timestamp without time zone": "timestamp"}


def test_types_and_cells_are_those_of_dbt(tmp_path: Path) -> None:
    """dbt itself is asked."""
    file = tmp_path / "seed.csv"
    with file.open("w", newline="", encoding="utf-8") as lines:
        csv.writer(lines).writerows([list(COLUMNS), *zip(*COLUMNS.values(), strict=True)])
    done = subprocess.run([PYTHON, "-c", BY_DBT, file], capture_output=True, text=True, check=True)
    for name, (kind, cells) in json.loads(done.stdout).items():
        found = loaded(COLUMNS[name], is_postgres=True)
        assert found.type == TYPES.get(kind, kind), name
        assert [_value(cell, found.type) for cell in found.cells] == [_value(cell, found.type) for cell in cells], name


def _value(cell: str | None, kind: str) -> Any:
    """dbt leaves it to the warehouse to bring a time to the zone of the session, which is UTC."""
    if not cell:
        return None
    if kind in ("integer", "double precision"):
        return Decimal(cell)
    if kind == "timestamp":
        found = datetime.fromisoformat(cell)
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    return cell.lower() if kind == "boolean" else cell


def _imported(folder: Path, cells: str, config: dict[str, Any], **said: Any) -> dict[str, str]:
    """The types of the columns of a seed of such a file."""
    node = {
        "unique_id": "seed.shop.fees",
        "resource_type": "seed",
        "name": "fees",
        "package_name": "shop",
        "schema": "analytics",
        "original_file_path": "seeds/fees.csv",
        "config": {"materialized": "seed", **config},
    }
    schema = "https://schemas.getdbt.com/dbt/manifest/v12.json"
    metadata = {"dbt_schema_version": schema, "project_name": "shop", **said}
    (folder / "shop" / "target").mkdir(parents=True)
    (folder / "shop" / "seeds").mkdir()
    (folder / "dag_configs").mkdir()
    (folder / "shop" / "dbt_project.yml").write_text("name: shop\n")
    (folder / "shop" / "seeds" / "fees.csv").write_text(cells, "utf-8")
    manifest = {"metadata": metadata, "nodes": {"seed.shop.fees": node}}
    (folder / "shop" / "target" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    cli.main(["import", "shop/target/manifest.json"])
    columns = yaml.safe_load((folder / "dag_configs" / "fees.yaml").read_text("utf-8"))["columns"]
    return {column["name"]: column["type"] for column in columns}


def test_cells_that_the_warehouse_would_cast_are_written_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    told = {"at": "timestamp", "moment": "timestamptz", "day": "date", "price": "numeric(6,2)", "word": "text"}
    cells = (
        "at,moment,day,price,word,other\n"
        "2026-01-31T23:00:00.1234567Z,2026-01-31 23:00:00+02,2026-01-31 23:00:00,1.005,2026-01-31T23:00:00Z,null\n"
        '2026-01-31 23:00:00,2026-01-31,2026-01-31,2,"a, b",x\n'
        ",,null,,,\n"
    )
    assert _imported(tmp_path, cells, {"column_types": told}) == {**told, "other": "text"}
    assert (tmp_path / "dag_configs" / "seeds" / "fees.csv").read_text("utf-8") == (
        "at,moment,day,price,word,other\n"
        "2026-01-31 23:00:00.123456,2026-01-31 23:00:00+02,2026-01-31,1.01,2026-01-31T23:00:00Z,\n"
        '2026-01-31 23:00:00,2026-01-31,2026-01-31,2,"a, b",x\n'
        ",,,,,\n"
    )
    assert [line for line in capsys.readouterr().out.split("\n") if line.startswith("seeds/")] == [
        "seeds/fees.csv: warning[import] 1 row of the seed `fees` without any value: dbt loads such, and they are left "
        "out here; fix: give each row a value, or delete it",
        "seeds/fees.csv: info[import] cells of `at`, `day`, `price` and `other` of the seed `fees` are written as dbt "
        "loads them, such as `2026-01-31T23:00:00.1234567Z` as `2026-01-31 23:00:00.123456`",
    ]


@pytest.mark.parametrize(
    ("adapter", "kinds"), [("postgres", ("integer", "double precision")), ("snowflake", ("bigint", "numeric"))]
)
def test_numbers_of_other_warehouses_are_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adapter: str, kinds: tuple[str, str]
) -> None:
    """A file that needs no other cells stays as it is, to the byte."""
    monkeypatch.chdir(tmp_path)
    cells = 'id,"share"\r\n1,0.5\r\n'
    assert tuple(_imported(tmp_path, cells, {}, adapter_type=adapter).values()) == kinds
    assert (tmp_path / "dag_configs" / "seeds" / "fees.csv").read_bytes() == cells.encode()


@pytest.mark.parametrize("told", [["id"], "id", 1, None, True])
def test_types_that_are_no_mapping_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: object) -> None:
    monkeypatch.chdir(tmp_path)
    assert _imported(tmp_path, "id\n1\n", {"column_types": told}) == {"id": "integer"}
