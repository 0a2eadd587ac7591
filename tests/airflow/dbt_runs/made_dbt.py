"""A program in the place of dbt that answers what a test has prepared: its results, one list a call."""

import json
import shutil
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Answer = Mapping[str, str]
"""What becomes of each node, by its unique id: dbt's word."""

PARENTS: Mapping[str, tuple[str, ...]] = {
    "model.shop.staging": (),
    "model.shop.orders": ("model.shop.staging",),
    "model.shop.revenue": ("model.shop.orders",),
    "model.shop.customers": (),
}
TEST = "test.shop.unique_staging_id.1"
WARNS = "test.shop.not_null_customers_email.2"

ALL_WELL: Answer = {**dict.fromkeys(PARENTS, "success"), TEST: "pass", WARNS: "pass"}

_PROGRAM = """#!{python}
import json, sys
from pathlib import Path
arguments = sys.argv[1:]
folder = Path({folder!r})
if "freshness" in arguments:
    name, content = "sources.json", json.loads((folder / "sources.json").read_text())
else:
    calls = sorted(folder.glob("call_*"))
    (folder / f"call_{{len(calls)}}").write_text(json.dumps(arguments))
    answer = folder / f"answer_{{len(calls)}}.json"
    if not answer.exists():
        print("Traceback: no more answers")
        sys.exit(2)
    name, content = "run_results.json", json.loads(answer.read_text())
target = Path(arguments[arguments.index("--target-path") + 1])
(target / name).write_text(json.dumps(content))
(target / "manifest.json").write_text((folder / "manifest.json").read_text())
print(json.dumps({{"info": {{"name": "StatsLine", "level": "info", "msg": "Done."}}, "data": {{}}}}))
failed = any(each["status"] in ("error", "fail", "runtime error") for each in content["results"])
sys.exit(int(failed))
"""


class MadeDbt:
    """`program` is what `SUMMARY_TABLES_DBT` names."""

    def __init__(self, folder: Path, project: Path) -> None:
        shutil.rmtree(project, ignore_errors=True)
        project.mkdir(parents=True)
        (project / "dbt_project.yml").write_text("name: shop\nprofile: shop\n")
        (project / "schema.yml").write_text("models:\n  - name: staging\n    columns:\n      - name: id\n")
        self._folder, self._project = folder, project
        self.program = folder / "dbt"
        self.program.write_text(_PROGRAM.format(python=sys.executable, folder=str(folder)))
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)
        (folder / "manifest.json").write_text(json.dumps(_manifest()))
        self.sources("pass", 3600)

    def writes_manifest(self) -> None:
        """As `summary-tables dbt manifest` does."""
        (self._project / "target").mkdir()
        shutil.copy(self._folder / "manifest.json", self._project / "target")

    def answers(self, *calls: Answer) -> None:
        """What each `dbt build` from now on comes to."""
        for path in (*self._folder.glob("call_*"), *self._folder.glob("answer_*")):
            path.unlink()
        for number, call in enumerate(calls):
            results = [_result(unique_id, status) for unique_id, status in call.items()]
            (self._folder / f"answer_{number}.json").write_text(json.dumps({"results": results}))

    def sources(self, status: str, seconds: float) -> None:
        result = {"unique_id": "source.shop.raw.events", "status": status, "max_loaded_at_time_ago_in_s": seconds}
        (self._folder / "sources.json").write_text(json.dumps({"results": [result]}))

    @property
    def selected(self) -> list[list[str]]:
        """What each call was asked to build; empty: everything."""
        return [_selected(json.loads(path.read_text())) for path in sorted(self._folder.glob("call_*"))]


def _selected(arguments: list[str]) -> list[str]:
    return arguments[arguments.index("--select") + 1 :] if "--select" in arguments else []


def _result(unique_id: str, status: str) -> dict[str, Any]:
    messages = {"error": 'Database Error in model orders (models/orders.sql)\n  column "x" does not exist'}
    bad = status in ("fail", "warn")
    return {
        "unique_id": unique_id,
        "status": status,
        "message": messages.get(status, ""),
        "failures": 3 if bad else None,
        "adapter_response": {"rows_affected": 10},
        "compiled_code": "SELECT 7 AS id" if bad else "",
    }


def _manifest() -> dict[str, Any]:
    models = {unique_id: _model(unique_id, parents) for unique_id, parents in PARENTS.items()}
    tests = {
        TEST: _test(TEST, "unique_staging_id", "unique", "staging", "id", "error"),
        WARNS: _test(WARNS, "not_null_customers_email", "not_null", "customers", "email", "warn"),
    }
    age = {"warn_after": {"count": 12, "period": "hour"}, "error_after": {"count": 2, "period": "day"}}
    source = {
        "unique_id": "source.shop.raw.events",
        "source_name": "raw",
        "name": "events",
        "schema": "raw",
        "identifier": "events",
        "package_name": "shop",
        "resource_type": "source",
        "freshness": age,
        "loaded_at_field": "loaded_at",
        "original_file_path": "sources.yml",
    }
    metadata = {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "project_name": "shop"}
    return {"metadata": metadata, "nodes": {**models, **tests}, "sources": {source["unique_id"]: source}}


def _model(unique_id: str, parents: tuple[str, ...]) -> dict[str, Any]:
    name = unique_id.rpartition(".")[2]
    return {
        "unique_id": unique_id,
        "name": name,
        "package_name": "shop",
        "resource_type": "model",
        "schema": "shop",
        "alias": name,
        "original_file_path": f"models/{name}.sql",
        "config": {"materialized": "table"},
        "depends_on": {"nodes": list(parents)},
        "raw_code": "select 1",
    }


def _test(unique_id: str, name: str, kind: str, model: str, column: str, severity: str) -> dict[str, Any]:
    return {
        "unique_id": unique_id,
        "name": name,
        "package_name": "shop",
        "resource_type": "test",
        "test_metadata": {"name": kind, "kwargs": {"column_name": column}},
        "column_name": column,
        "attached_node": f"model.shop.{model}",
        "depends_on": {"nodes": [f"model.shop.{model}"]},
        "config": {"severity": severity},
        "original_file_path": "schema.yml",
    }
