"""What the report says to write by hand is written, and lint has nothing against it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from summary_tables import cli
from summary_tables.lint.engine import lint
from tests.commands.import_dbt.made_model import model

LATE = model(
    "late",
    "select id, day, n\nfrom {{ source('raw', 'events') }}\n"
    "{% if is_incremental() %}\nwhere day > (select max(day) - 2 from {{ this }})\n{% endif %}",
    config={
        "materialized": "incremental",
        "incremental_strategy": "insert_overwrite",
        "partition_by": {"field": "day", "data_type": "date"},
    },
)
SEED = {
    **model("colours", config={"materialized": "seed"}),
    "unique_id": "seed.shop.colours",
    "resource_type": "seed",
    "original_file_path": "seeds/colours.csv",
}
EVENTS = {"unique_id": "source.shop.raw.events", "resource_type": "source", "source_name": "raw", "name": "events"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    return folder


def remedies(capsys: pytest.CaptureFixture[str], *nodes: dict[str, Any]) -> list[str]:
    """What stands between backticks in what is to be done."""
    metadata = {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "project_name": "shop"}
    source = {**EVENTS, "schema": "raw", "identifier": "events", "package_name": "shop"}
    manifest = {"metadata": metadata, "nodes": dict(enumerate(nodes)), "sources": {source["unique_id"]: source}}
    Path("manifest.json").write_text(json.dumps(manifest))
    cli.main(["import", "manifest.json"])
    said = capsys.readouterr().out
    return [words for line in said.splitlines() if "[import]" in line for words in _quoted(line.partition("fix: ")[2])]


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]*)`", text)


def mistakes(folder: Path) -> list[str]:
    return [str(problem) for problem in lint([folder]).problems if problem.level != "info"]


def test_rows_that_come_late(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refresh, since = remedies(capsys, LATE)
    file = folder / "late.yaml"
    text = re.sub(r"refresh:\n  .*\n    .*\n", f"{refresh.replace('...', 'id')}\n", file.read_text())
    file.write_text(text.replace("{{ data_interval_start", f"{{{{ {since.replace('...', '3')}"))
    assert "merge: {unique_key: id}" in file.read_text()
    assert "data_interval_start.subtract(days=3)" in file.read_text()
    assert mistakes(folder) == []


def test_seed_that_is_not_here(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (command,) = remedies(capsys, SEED)
    (folder / "seeds").mkdir()
    (folder / "seeds" / "colours.csv").write_text("name,hex\nred,ff0000\n")
    answers = ["--table", "colours", "--schema", "analytics", "--description", "Colours.", "--owner", "data"]
    assert cli.main([*command.split()[1:], *answers, "--schedule", "none"]) == 0
    assert (folder / "colours.yaml").is_file()
    assert mistakes(folder) == []
