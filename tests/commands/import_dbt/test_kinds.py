"""Every kind of model, test, name and option that comes over in a way of its own, or cannot, in one made-up manifest.

What is printed and written stands in `tests/golden/import_dbt/kinds.txt`.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from summary_tables import cli
from tests.commands.import_dbt.made_model import model
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden


def incremental(name: str, condition: str, **config: Any) -> dict[str, Any]:
    code = f"select id, day, n\nfrom {{{{ source('raw', 'events') }}}}\n{condition}"
    return model(name, code, config={"materialized": "incremental", **config})


def data_test(
    kind: str, column: str = "", namespace: str = "", *, config: Any = None, **arguments: Any
) -> dict[str, Any]:
    return {
        "unique_id": f"test.shop.{namespace}{kind}_{column}_{len(json.dumps([arguments, config]))}.1",
        "resource_type": "test",
        "name": f"{kind}_checked_{column}",
        "package_name": "shop",
        "attached_node": "model.shop.checked",
        "column_name": column,
        "depends_on": {"nodes": ["model.shop.checked", *(["model.shop.other_twin"] if "to" in arguments else [])]},
        "original_file_path": "models/schema.yml",
        "config": config or {},
        "test_metadata": {"name": kind, "namespace": namespace or None, "kwargs": arguments},
    }


NEWEST = "{% if is_incremental() %}\nwhere day > (select max(day) from {{ this }})\n{% endif %}"
MODELS = [
    incremental(
        "by_batch",
        "",
        incremental_strategy="microbatch",
        event_time="day",
        batch_size="month",
        begin="2026-01-01T00:00:00",
        lookback=2,
    ),
    incremental("by_day", NEWEST, incremental_strategy="delete+insert", unique_key="day", full_refresh=False),
    incremental(
        "by_partition",
        NEWEST.replace("max(day)", "max(day) - interval '2 days'"),
        incremental_strategy="insert_overwrite",
        partition_by={"field": "day", "data_type": "date"},
    ),
    incremental("by_no_partition", NEWEST, incremental_strategy="insert_overwrite"),
    incremental("by_number", NEWEST.replace("max(day)", "max(id)").replace("where day", "where id")),
    incremental("by_key_alone", "", unique_key=["id", "day"], incremental_strategy="merge"),
    incremental("by_other_means", NEWEST.replace("(select max(day) from", "(select day from"), unique_key="id"),
    incremental("by_macro", "{{ newest_only(this) }}", unique_key="id"),
    incremental(
        "some_columns",
        NEWEST,
        unique_key="id",
        merge_update_columns=["n"],
        incremental_predicates=["day > '2026-01-01'"],
    ),
    incremental("by_expression", NEWEST, unique_key="coalesce(id, 0)"),
    model("in_python", "import pandas", language="python"),
    model("of_another_kind", config={"materialized": "dynamic_table"}),
    model("Capitals"),
    model("defaults"),
    model("n" * 64),
    model("twin", schema="finance"),
    model("other_twin", alias="twin"),
    model("shown_view", config={"materialized": "view"}),
    model("nobody_reads_it", config={"materialized": "ephemeral"}),
    model("events", "select id, day from {{ source('raw', 'events') }} -- all", config={"materialized": "view"}),
    model(
        "same_names",
        "with events as (select * from {{ ref('events') }} where id > 1) select events.id, '{{ 1 + 1 }}' as two,"
        " '{% raw %}{{ x }} {table}{% endraw %}' as text, $$it's {schema}$$ as more"
        " from events join {{ ref('events') }} on true",
        ("model.shop.events",),
    ),
    model(
        "with_hooks",
        config={
            "post-hook": [{"sql": "grant select on {{ this }} to reporting"}, {"sql": "call refresh()"}],
            "grants": {"select": ["reporting"], "insert": ["loader"]},
            "indexes": [{"columns": ["id"], "type": "hash"}, {"columns": ["lower(name)"]}],
            "cluster_by": ["day"],
        },
        deprecation_date="2027-01-31T00:00:00+00:00",
    ),
    model(
        "in_contract",
        columns={
            "id": {
                "name": "id",
                "data_type": "int64",
                "constraints": [{"type": "primary_key"}, {"type": "check", "expression": "id > 0"}],
            },
            "day": {
                "name": "day",
                "data_type": "number(4)",
                "constraints": [{"type": "foreign_key", "expression": "x"}],
            },
        },
        config={"contract": {"enforced": True}},
    ),
    model(
        "described",
        "select * from {{ source('raw', 'events') }}",
        columns={"id": {"name": "id", "description": "Of the event."}},
    ),
    model("checked", columns={"id": {"name": "id"}, "gone": {"name": "gone"}}),
    model("of_target", "select 1 as id {{ only_some() }} -- {{ target.schema }}"),
    model("empty", "{# to be written #} -- soon"),
    model("empty_file", raw_code="\n"),
    model("of_an_editor_on_windows", "\ufeffselect id\r\nfrom {{ source('raw', 'events') }}\r\n"),
    model("in_capitals", "select id from {{ source('raw', 'visits') }}", ("source.shop.raw.visits",)),
    model("two", version=1, alias="two_v1", latest_version=2, unique_id="model.shop.two.v1"),
    model("two", version=2, latest_version=2, unique_id="model.shop.two.v2", config={"freshness": {"build_after": {}}}),
    model(
        "of_versions",
        "select a.id from {{ ref('two') }} as a join {{ ref('two', v=1) }} as b on b.id = a.id",
        ("model.shop.two.v1", "model.shop.two.v2"),
    ),
    model(
        "with_a_mistake", "select id, from raw.events", columns={"id": {"name": "id", "description": "Of the event."}}
    ),
    model("of_a_call", "select 1 {% call statement() %}{% endcall %}"),
    model("of_defaults", "select {{ var('least', 3) }} as n, '{{ env_var('REGION', 'eu') }}' as region"),
    model("of_warehouse", "{{ run_query('select 1') }}", compiled_code="select 1 as id"),
    model("by_hand", 'select e.id from "Shop".raw.events as e join other_db.raw.more on true -- from a.b.c'),
    model("ephemeral", "select id from {{ source('raw', 'events') }}", config={"materialized": "ephemeral"}),
    model("reads_ephemeral", "select id from {{ ref('ephemeral') }}", ("model.shop.ephemeral",)),
    model("of_catalog", "{{ adapter.get_columns_in_relation(this) }}", compiled_code="select 1 as id"),
    model("of_command", "select {{ 1 if flags.WHICH == 'run' else 0 }} as id", compiled_code="select 0 as id"),
    model("of_no_target", "select target.name from {{ source('raw', 'events') }} as target"),
    model(
        "by_its_name",
        "select id from {{ ref('events').schema }}.{{ ref('events').name }}",
        ("model.shop.events",),
    ),
    model("without_ref", "select id from analytics.events join raw.events as other on other.name = 'analytics.events'"),
    model("in_another_schema", schema="Finance"),
    model("upkeep", config={"post-hook": [{"sql": "ANALYZE {{ this }};"}, {"sql": "vacuum {{ this }}; call x()"}]}),
    model(
        "said",
        "select id as \"order\", day as \"Day\", day from {{ source('raw', 'events') }}",
        columns={
            '"order"': {"name": '"order"', "description": "Where it stands.", "tags": ["key"]},
            "Day": {"name": "Day", "description": "Of the event.", "quote": True, "meta": {"level": 2, "pii": True}},
        },
        meta={"owner": ["jin", "ana"], "sla": "gold"},
    ),
    incremental("with_new_columns", NEWEST, unique_key="id", on_schema_change="append_new_columns"),
    model(
        "part",
        config={"materialized": "view", "grants": {"select": ["reporting"]}, "contract": {"enforced": True}},
        description="A part.",
        tags=["nightly"],
        columns={"id": {"name": "id", "description": "Of the event."}},
        meta={"owner": "jin", "sla": "gold"},
    ),
    model("reads_part", "select id from {{ ref('part') }}", ("model.shop.part",)),
    model("reads_far", "select id from {{ source('raw', 'far') }}", ("source.shop.raw.far",)),
]
MACRO = {
    "unique_id": "macro.shop.only_some",
    "name": "only_some",
    "package_name": "shop",
    "macro_sql": "{% macro only_some() %}{% if target.name == 'dev' %} limit 10{% endif %}{% endmacro %}",
}
TESTS = [
    {
        **data_test("unique", "id", note="of a source in capitals"),
        "attached_node": "source.shop.raw.visits",
        "depends_on": {"nodes": ["source.shop.raw.visits"]},
    },
    {
        **data_test("of_ephemeral"),
        "attached_node": "model.shop.ephemeral",
        "depends_on": {"nodes": ["model.shop.ephemeral"]},
        "compiled_code": "with  __dbt__cte__ephemeral as (\nselect id from raw.events\n), wrong as (\nselect id from "
        "__dbt__cte__ephemeral where id < 0\n)\nselect * from wrong",
    },
    {
        **data_test("long_named" * 6, "id", config={"error_if": ">10", "warn_if": ">2"}),
        "compiled_code": 'select * from "shop"."analytics"."checked" where id > 3',
    },
    {**data_test("same_columns"), "compiled_code": "with a as (select 1 as n) select * from a where n > 1"},
    data_test("unique", "id", config={"severity": "warn"}),
    data_test("not_null", "id", config={"where": "day > '2026-01-01'"}),
    data_test("not_null", "day", config={"error_if": ">10", "warn_if": ">2"}),
    data_test("not_null", "day", config={"error_if": "<5", "warn_if": "< 0"}),
    data_test("accepted_values", "id", values=[1, 2, True]),
    data_test("relationships", "id", to="ref('other_twin')", field="id"),
    data_test("accepted_range", "id", "dbt_utils", min_value=0, max_value=9),
    data_test("accepted_range", "day", "dbt_utils", min_value="current_date - 7"),
    data_test("unique_combination_of_columns", "", "dbt_utils", combination_of_columns=["id", "day"]),
    data_test("not_null_proportion", "id", "dbt_utils", at_least=0.95),
    data_test("recency", "", "dbt_utils", datepart="day", field="day", interval=2),
    data_test("sequential_values", "day", "dbt_utils", datepart="day"),
    data_test("expect_column_to_exist", "id", "dbt_expectations"),
    data_test("expect_column_values_to_match_regex", "id", "dbt_expectations", regex="^[0-9]+$"),
    data_test("expect_column_value_lengths_to_equal", "id", "dbt_expectations", value=3),
    data_test("expect_table_row_count_to_be_between", "", "dbt_expectations", min_value=1, max_value=100),
    data_test("expect_column_sum_to_be_between", "id", "dbt_expectations", min_value=1),
    data_test("expect_column_mean_to_be_between", "id", "dbt_expectations", max_value=7.5),
]
_SOURCES: dict[str, dict[str, Any]] = {
    "events": {"columns": {"id": {"name": "id", "data_type": "bigint"}, "day": {"name": "day", "data_type": "date"}}},
    "visits": {
        "identifier": "Visits",
        "loaded_at_field": "loaded_at::timestamp",
        "freshness": {"warn_after": {"count": 6, "period": "hour"}},
        "columns": {"id": {"name": "id", "description": "Of the visit."}},
        "tags": ["web"],
    },
    "asked": {
        "loaded_at_field": "loaded_at",
        "loaded_at_query": "select max(day) from raw.asked",
        "freshness": {"error_after": {"count": 1, "period": "day"}},
    },
    "far": {"database": "lake", "freshness": {"warn_after": {"count": 6, "period": "hour"}}},
}
SOURCES = [
    {
        "unique_id": f"source.shop.raw.{name}",
        "source_name": "raw",
        "name": name,
        "package_name": "shop",
        "database": "shop",
        "schema": "raw",
        "original_file_path": "models/sources.yml",
        **more,
    }
    for name, more in _SOURCES.items()
]
_UNIT_TESTS: list[tuple[str, dict[str, Any]]] = [
    (
        "checked",
        {
            "description": "Rows come through.",
            "given": [{"input": "source('raw', 'events')", "rows": [{"id": "1", "day": "2026-01-01"}, {"id": ""}]}],
            "expect": {"rows": [{"ID": 1.5}]},
        },
    ),
    ("checked", {"given": [], "expect": {"rows": "select 1 as id", "format": "sql"}}),
    ("checked", {"given": [], "overrides": {"macros": {}, "vars": {"a": 1}}, "expect": {"rows": []}}),
    ("by_day", {"given": [{"input": "this", "rows": []}], "expect": {"rows": []}}),
    ("same_names", {"given": [{"input": "ref('events')", "rows": []}], "expect": {"rows": []}}),
]
UNIT_TESTS = [
    {
        "unique_id": f"unit_test.shop.{name}.{number}",
        "name": f"test_{number}",
        "model": name,
        "package_name": "shop",
        "original_file_path": "models/schema.yml",
        "depends_on": {"nodes": [f"model.shop.{name}"]},
        **more,
    }
    for number, (name, more) in enumerate(_UNIT_TESTS)
]
HOOK = {"unique_id": "operation.shop.start", "resource_type": "operation", "package_name": "shop"}
EXPOSURE = {
    "unique_id": "exposure.shop.weekly",
    "name": "weekly",
    "label": "Weekly review",
    "url": "https://bi.shop.com/1",
    "owner": {"email": "jin@shop.com"},
    "depends_on": {"nodes": ["model.shop.shown_view"]},
}


def test_everything_that_is_printed_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    shutil.copy(REPOSITORY / "dag_configs" / "defaults.yaml", folder)
    monkeypatch.chdir(tmp_path)
    metadata = {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "project_name": "shop"}
    seed = {
        **model("colours"),
        "unique_id": "seed.shop.colours",
        "resource_type": "seed",
        "config": {"materialized": "seed"},
    }
    parts = {
        "nodes": dict(enumerate([*MODELS, *TESTS, {**seed, "original_file_path": "seeds/colours.csv"}, HOOK])),
        "sources": dict(enumerate(SOURCES)),
        "unit_tests": dict(enumerate(UNIT_TESTS)),
        "exposures": {"weekly": EXPOSURE},
        "metrics": {"a": {"package_name": "shop"}, "b": {"package_name": "of_others"}},
        "macros": {"only_some": MACRO},
        "disabled": {"model.shop.off": [], "test.shop.off": []},
        "saved_queries": {"a": {"package_name": "shop"}, "b": {"package_name": "shop"}},
    }
    Path("manifest.json").write_text(json.dumps({"metadata": metadata, **parts}))
    code = cli.main(["import", "manifest.json"])
    printed = capsys.readouterr()
    paths = sorted(path for path in folder.rglob("*.yaml") if path.name != "defaults.yaml")
    files = "".join(f"--- {path.relative_to(tmp_path)}\n{path.read_text('utf-8')}" for path in paths)
    assert_golden("import_dbt/kinds.txt", f"{printed.out}{printed.err}exit {code}\n{files}")
