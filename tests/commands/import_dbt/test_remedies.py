"""What the report says to do is done: in dbt, and it is said no more; or in the file, and lint is content."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from summary_tables import cli
from summary_tables.lint.engine import lint
from tests.commands.import_dbt.made_model import model
from tests.conftest import REPOSITORY

Project = dict[str, Any]
"""What a manifest has below its keys; `files` stand in the project's folder, `adapter` is the warehouse of dbt."""

VIEW: Final[dict[str, Any]] = {"config": {"materialized": "view"}}
CODE: Final = "select id, day from {{ source('raw', 'events') }}"
NEWEST: Final = "\n{% if is_incremental() %}\nwhere day > (select max(day) from {{ this }})\n{% endif %}"
IN_FOLDER: Final = {"dbt_project.yml": "name: shop\n"}


def source(name: str = "events", **more: Any) -> dict[str, Any]:
    unique_id = f"source.shop.{more.get('source_name', 'raw')}.{name}"
    known = {"unique_id": unique_id, "source_name": "raw", "name": name, "package_name": "shop", "schema": "raw"}
    return {**known, "database": "shop", "original_file_path": "models/sources.yml", **more}


def of(*nodes: dict[str, Any], **parts: Any) -> Project:
    return {"nodes": nodes, "sources": [source()], **parts}


def incremental(code: str = CODE + NEWEST, **config: Any) -> dict[str, Any]:
    return model("orders", code, config={"materialized": "incremental", **config}, columns=config.pop("columns", {}))


def data_test(kind: str, **more: Any) -> dict[str, Any]:
    known = {"unique_id": "test.shop.t", "resource_type": "test", "name": "t", "package_name": "shop"}
    known |= {"attached_node": "model.shop.orders", "original_file_path": "models/schema.yml", "column_name": "id"}
    metadata = {"name": kind, "namespace": more.pop("namespace", None), "kwargs": {}}
    return {**known, "depends_on": {"nodes": ["model.shop.orders"]}, "test_metadata": metadata, **more}


def unit_test(*given: dict[str, Any], of_model: str = "orders", **more: Any) -> dict[str, Any]:
    known = {"unique_id": "unit_test.shop.u", "name": "u", "model": of_model, "package_name": "shop", "given": given}
    depends_on = {"nodes": [f"model.shop.{of_model}"]}
    return {**known, "depends_on": depends_on, "expect": {"rows": []}, "original_file_path": "models/u.yml", **more}


def seed(cells: str, *, config: Any = None, **files: str) -> Project:
    node = {**model("fees", config={"materialized": "seed", **(config or {})}), "unique_id": "seed.shop.fees"}
    node |= {"resource_type": "seed", "original_file_path": "seeds/fees.csv", "depends_on": {}}
    return of(node, files={**IN_FOLDER, **({"seeds/fees.csv": cells} if cells else {}), **files})


def orders(code: str = CODE, **more: Any) -> Project:
    return of(model("orders", code, **more))


def hooked(*, hook: str = "", **more: Any) -> Project:
    config = {**more.pop("config", {}), **({"post-hook": [{"sql": hook}]} if hook else {})}
    return orders(config=config, **more)


EVENTS = model("events", **VIEW)
READER = model("orders", "select id from {{ ref('events') }}", ("model.shop.events",))
ALL = {"id": {"name": "id", "description": "Of the event."}}
OF_COMMAND = model("orders", "select {{ 1 if flags.WHICH == 'run' else 0 }} as id", compiled_code="select 0 as id")
EXPOSURE = {"unique_id": "e", "name": "weekly", "depends_on": {"nodes": ["model.shop.orders"]}}
LARGE = "id\n" + "1\n" * 600_000


def in_a_row(table: int = -1) -> Project:
    """Views that read each other, of which one may be a table."""
    found = [model("v0", **VIEW)]
    for at in range(1, 203):
        kind = {"config": {"materialized": "table" if at == table else "view"}}
        found.append(model(f"v{at}", f"select id from {{{{ ref('v{at - 1}') }}}}", (f"model.shop.v{at - 1}",), **kind))
    return of(*found)


_OF_ERP: Final = of(model("orders", "select id from {{ source('erp', 'events') }}", ("source.shop.erp.events",)))
_OF_EVENTS: Final = "from {{ source('raw', 'events') }}"
VIEWS_AS_TABLES: Final = ("--views", "table")
# What is done in the project, or in how it is imported.
DONE_IN_DBT: Final[dict[str, tuple[Project, Project | tuple[str, ...]]]] = {
    "…; else write the check by hand": (
        of(model("orders"), data_test("odd")),
        of(model("orders"), data_test("odd", compiled_code="select id from raw.events where id < 0")),
    ),
    "import the project with dbt installed, or run `dbt compile --full-refresh` first": (
        orders("{{ run_query('select 1') }}"),
        orders("{{ run_query('select 1') }}", compiled_code="select 1 as id"),
    ),
    "…; else write it by hand": (orders("select {{ f() }}"), orders("select 1 as id")),
    "…; what dbt says of them stands as a comment in the file": (
        orders("select * from {{ source('raw', 'events') }}", columns=ALL),
        orders(columns=ALL),
    ),
    "write the columns in place of `*`": (
        orders("select * from {{ source('raw', 'events') }}", columns=ALL),
        orders(columns=ALL),
    ),
    "mend the query": (orders("select id, from raw.events", columns=ALL), orders(columns=ALL)),
    "write …": (
        of(model("events", f"select ifnull(id, 0) as id {_OF_EVENTS}", **VIEW), READER),
        of(model("events", f"select coalesce(id, 0) as id {_OF_EVENTS}", **VIEW), READER),
    ),
    "write it with what … has, or have somebody make a … of this name there": (
        {**orders(f"select dayname(day) as day {_OF_EVENTS}"), "adapter": "snowflake"},
        {**orders(f"select to_char(day, 'Dy') as day {_OF_EVENTS}"), "adapter": "snowflake"},
    ),
    "write one, or delete the file in dbt": (orders("-- soon"), orders()),
    "write `schema.table`, and bring the rows into the warehouse's own database where they are elsewhere": (
        orders("select id from lake.raw.events"),
        orders("select id from raw.events"),
    ),
    "write `ref('…')` in dbt, or import with `--views table`": (
        of(EVENTS, READER, model("days", "select id from analytics.events")),
        of(EVENTS, READER, {**READER, **model("days", READER["raw_code"], ("model.shop.events",))}),
    ),
    "write a test of one of these…": (of(EVENTS, READER, unit_tests=[unit_test(of_model="events")]), VIEWS_AS_TABLES),
    "give the rows that `…` reads…": (
        of(EVENTS, READER, unit_tests=[unit_test({"input": "ref('events')", "rows": [{"odd": 1}]})]),
        VIEWS_AS_TABLES,
    ),
    "import with `--views table` where it shall stay": (of({**EVENTS, "description": "All."}, READER), VIEWS_AS_TABLES),
    "import with `--views table`, or give the rights on a table": (
        of({**EVENTS, "config": {"materialized": "view", "grants": {"select": ["jin"]}}}, READER),
        VIEWS_AS_TABLES,
    ),
    "give one of the two another name or schema in the warehouse, and write that in the queries": (
        {**_OF_ERP, "sources": [source(), source(source_name="erp", database="erp")]},
        {**_OF_ERP, "sources": [source(), source(source_name="erp", database="erp", schema="erp")]},
    ),
    "see what each of the models shall read": (
        of({**EVENTS, "depends_on": {"nodes": ["model.shop.events"]}}, READER),
        of(EVENTS, READER),
    ),
    "make a table of some of them in dbt": (in_a_row(), in_a_row(100)),
    "write it as a SELECT, or let dbt go on building it": (orders("import pandas", language="python"), orders()),
    "let dbt go on building it, or make a table of it there": (
        orders(config={"materialized": "dynamic_table"}),
        orders(),
    ),
    "give it … in dbt; …": (orders(alias="Orders"), orders(alias="orders")),
    "give it another name in dbt; …": (orders(alias="defaults"), orders()),
    "give one of the two an `alias` in dbt; …": (
        of(model("orders"), model("other", schema="finance", alias="orders")),
        of(model("orders"), model("other", schema="finance", alias="other_orders")),
    ),
    "write them as rows": (
        {**orders(), "unit_tests": [unit_test(expect={"rows": "select 1 as id", "format": "sql"})]},
        {**orders(), "unit_tests": [unit_test(expect={"rows": [{"id": 1}]})]},
    ),
    "run `dbt parse`, which reads them, or write them here": (
        {**orders(), "unit_tests": [unit_test(expect={"rows": [], "fixture": "rows"})]},
        {**orders(), "unit_tests": [unit_test(expect={"rows": [{"id": 1}], "fixture": "rows"})]},
    ),
    "see that `…` is a date or a time": (
        of(
            incremental("select id, n from {{ source('raw', 'events') }}" + NEWEST.replace("day", "n"), unique_key="id")
        ),
        of(
            incremental(
                "select id, n from {{ source('raw', 'events') }}" + NEWEST.replace("day", "n"),
                unique_key="id",
                columns={"n": {"name": "n", "data_type": "date"}},
            )
        ),
    ),
    "name the project's folder, and not its manifest; or …": ({**seed(""), "files": {}}, seed("id\n1\n")),
    "write it as CSV with commas": (seed("id^n\n1^2\n", config={"delimiter": "^"}), seed("id,n\n1,2\n")),
    "mend that in the file, or let dbt go on loading it": (seed(LARGE), seed("id\n1\n")),
    "give each row a value, or delete it": (seed("id,n\n1,2\n,\n"), seed("id,n\n1,2\n")),
    "write `columns` with the type of each": (
        {**orders(), "sources": [source(columns={"id": {"name": "id", "description": "Of the event."}})]},
        {**orders(), "sources": [source(columns={"id": {"name": "id", "description": "All.", "data_type": "bigint"}})]},
    ),
    "write a `freshness` check, or name a column": (
        {
            **orders(),
            "sources": [source(loaded_at_field="at::date", freshness={"warn_after": {"count": 1, "period": "day"}})],
        },
        {
            **orders(),
            "sources": [source(loaded_at_field="at", freshness={"warn_after": {"count": 1, "period": "day"}})],
        },
    ),
    "write it under `used_by` with its address": (
        {**orders(), "exposures": [EXPOSURE]},
        {**orders(), "exposures": [{**EXPOSURE, "url": "https://bi.shop.com/1"}]},
    ),
    "write one of columns alone under `indexes`": (
        orders(config={"indexes": [{"columns": ["lower(id)"]}]}),
        orders(config={"indexes": [{"columns": ["id"]}]}),
    ),
    "leave it out: what is written to it is gone with the next run": (
        orders(config={"grants": {"insert": ["jin"]}}),
        orders(config={"grants": {}}),
    ),
    "write the roles under `grants`": (
        hooked(hook="grant select on {{ this }} to jin"),
        hooked(config={"grants": {"select": ["jin"]}}),
    ),
    "write it under `indexes`": (
        hooked(hook="create index on {{ this }} (id)"),
        hooked(config={"indexes": [{"columns": ["id"]}]}),
    ),
    "write it as `description`": (hooked(hook="comment on table {{ this }} is 'All.'"), hooked(description="All.")),
    "put what it computes into the query, or leave it out": (hooked(hook="call refresh()"), hooked()),
    "run `dbt run` or `dbt build`, then import the target/manifest.json that it writes": (
        of(OF_COMMAND, files={**IN_FOLDER, "target/run_results.json": '{"args": {"which": "compile"}, "results": []}'}),
        of(OF_COMMAND, files={**IN_FOLDER, "target/run_results.json": '{"args": {"which": "run"}, "results": []}'}),
    ),
}
_TEST: Final = "\ntests:\n  - name: one\n    given: {raw.events: [{id: 1}]}\n    expect: [{id: 1}]\n"
_TYPED: Final = {"id": {"name": "id", "data_type": "number(4)"}, "day": {"name": "day", "data_type": "date"}}
_OTHER_NAMES: Final = [
    model(name, f"select id as {name}_id from {{{{ source('raw', 'events') }}}}", **VIEW) for name in "ab"
]
_OF_BOTH: Final = model(
    "orders",
    "select a_id as id from {{ ref('a') }} join {{ ref('b') }} on a_id = b_id",
    ("model.shop.a", "model.shop.b"),
)
# What is done in the file: what is replaced there, and by what.
DONE_IN_THE_FILE: Final[dict[str, tuple[Project, str, str]]] = {
    "write the check by hand, as `sql`, `op` and `count`": (
        of(model("orders"), data_test("not_null", config={"error_if": "between 1 and 2"})),
        r"\Z",
        "\noutput_check:\n"
        "  - {sql: SELECT COUNT(1) FROM {schema}.temp_{table} WHERE id IS NULL, op: lt, count: 1}\n".replace(
            "sql: SELECT COUNT(1) FROM {schema}.temp_{table} WHERE id IS NULL",
            'sql: "SELECT COUNT(1) FROM {schema}.temp_{table} WHERE id IS NULL"',
        ),
    ),
    "write its `type` by hand": (
        orders(columns=_TYPED, config={"contract": {"enforced": True}}),
        "- name: id\n",
        "- name: id\n    type: smallint\n",
    ),
    "write it as a check `no_rows`": (
        orders(
            columns={"id": {"name": "id", "constraints": [{"type": "custom", "expression": "positive"}]}},
            config={"contract": {"enforced": True}},
        ),
        r"\Z",
        "\noutput_check:\n  - {name: positive, no_rows: 'SELECT id FROM {schema}.temp_{table} WHERE id <= 0'}\n",
    ),
    "list it in `columns`": (
        of(model("orders"), data_test("expect_column_to_exist", namespace="dbt_expectations")),
        r"\Z",
        "\ncolumns: [{name: id}, {name: day}]\n",
    ),
    "write a test of the query here, with the `date` of its run": (
        {**orders(), "unit_tests": [unit_test(overrides={"vars": {"days": 1}})]},
        r"\Z",
        _TEST.replace("given:", 'date: "2026-01-31"\n    given:').replace("[{id: 1}]\n", "[{id: 1, day: null}]\n"),
    ),
    "write these rows here, below the name of their table": (
        {**orders("select id from {{ source('raw', 'events') }}"), "unit_tests": [unit_test({"input": "ref(x)"})]},
        r"\Z",
        _TEST,
    ),
    "write one list of rows for it": (
        of(
            *_OTHER_NAMES,
            _OF_BOTH,
            unit_tests=[unit_test(*({"input": f"ref('{n}')", "rows": [{f"{n}_id": 1}]} for n in "ab"))],
        ),
        r"\Z",
        _TEST,
    ),
    "each run builds the whole table until you write `refresh`, and in the query "
    "`... >= '{{ data_interval_start }}' AND ... < '{{ data_interval_end }}'`": (
        of(incremental(CODE + NEWEST.replace("max(day)", "day"))),
        r"schedule: .*\n\nmain_sql: \|\n((?:  .*\n)+)",
        'schedule: "@daily"\nrefresh: append\n\nmain_sql: |\n\\1'
        "  WHERE day >= '{{ data_interval_start }}' AND day < '{{ data_interval_end }}'\n",
    ),
    "leave `refresh` out if it builds fast enough": (
        of(incremental(CODE, unique_key="id")),
        r"refresh:\n  .*\n    .*\n",
        "",
    ),
    "start a backfill of the days to which rows came late; or, if rows have a key, write "
    "`refresh: {merge: {unique_key: ...}}` and `data_interval_start.subtract(days=...)` in the query": (
        of(
            incremental(
                CODE + NEWEST.replace("max(day)", "max(day) - 2"),
                incremental_strategy="insert_overwrite",
                partition_by={"field": "day", "data_type": "date"},
            )
        ),
        r"refresh:\n  .*\n    .*\n((?:.*\n)*.*)data_interval_start",
        r"refresh: {merge: {unique_key: id}}\n\1data_interval_start.subtract(days=3)",
    ),
}
# What is done in the warehouse, in Airflow or by another call; or what only a person can see.
DONE_ELSEWHERE: Final = (
    "copy the file to …, then `summary-tables new --from-csv …`",
    "delete it first, or say --force",
    'let dbt go on taking it: with the project in dbt/…, a file here with `…` and `schedule: "@daily"` has Airflow do '
    "that, and tables that read it wait with `after: […]`",
    "name the folder of a dbt project, or a manifest.json",
    "queries here name a schema and a table of the warehouse's own database: bring the rows there",
    "run `dbt compile` there and say the same again, or name dbt itself: --dbt PATH",
    "run `dbt parse` there; it says what is wrong",
    "say --target with the one that builds what people read",
    "see its `type` in `columns`",
    "see that `dbt compile` works for it, with a profile that reaches the warehouse (--target)",
    "see that it had built all that they read; if not, `dbt build` first, then import again",
    "see that none with the same key is to stay beside it, such as one of an older day",
    "see that the query gives, also of the columns that dbt leaves as they were, what they shall hold",
    "see that this is right; with dbt installed, `--target` names another",
    "see that this is right; with dbt installed, name the folder of the project in place of its manifest",
    "see that this is the target which builds what people read",
    "see what its macros ask for: where the answer changes with the rows, ask for it in the query itself",
    "see what they are for: a file runs one query, and nothing before or after it",
    "start a backfill of the …s to which rows came late",
    "where it stands in the warehouse, run `DROP … …` before the first run",
    "write these places for …, and compare the rows with those of … before people read them: both may know a word and "
    "mean another thing by it, such as `/` of whole numbers. Where the project runs on …, too, import its folder with "
    "the `--target` that does",
    "…, then say the same again…",
    "…; if not, `dbt compile --target ...` first",
    "…; if not, import with another `--target`",
)


def imported(home: Path, project: Project, *options: str) -> Path:
    """The folder of the files that became of it."""
    files, parts = project.get("files", {}), {key: project[key] for key in project if key not in ("files", "adapter")}
    (home / "dag_configs").mkdir(parents=True)
    (home / "shop" / "target").mkdir(parents=True)
    for name, text in files.items():
        (home / "shop" / name).parent.mkdir(exist_ok=True)
        (home / "shop" / name).write_text(text, "utf-8")
    metadata = {"dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json", "project_name": "shop"}
    metadata |= {"adapter_type": project.get("adapter", "postgres")}
    manifest = {"metadata": metadata, **{key: dict(enumerate(found)) for key, found in parts.items()}}
    path = home / "shop" / "target" / "manifest.json"
    path.write_text(json.dumps(manifest), "utf-8")
    cli.main(["import", str(path), "--folder", str(home / "dag_configs"), *options])
    return home / "dag_configs"


def said(fix: str, capsys: pytest.CaptureFixture[str]) -> tuple[bool, list[str]]:
    """Whether it is said, and what is an error in the project."""
    lines = [line for line in capsys.readouterr().out.splitlines() if "[import]" in line]
    pattern = re.compile(r"fix: .*" + ".*".join(map(re.escape, fix.split("…"))))
    return any(map(pattern.search, lines)), [line for line in lines if "error[import]" in line]


def mistakes(folder: Path) -> list[str]:
    return [str(problem) for problem in lint([folder]).problems if problem.level != "info"]


@pytest.mark.parametrize("fix", DONE_IN_DBT)
def test_who_does_it_in_dbt_hears_it_no_more(fix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = DONE_IN_DBT[fix]
    imported(tmp_path / "before", before)
    assert said(fix, capsys)[0]
    project, options = (before, after) if isinstance(after, tuple) else (after, ())
    imported(tmp_path / "after", project, *options)
    assert said(fix, capsys) == (False, [])


@pytest.mark.parametrize("fix", DONE_IN_THE_FILE)
def test_who_does_it_in_the_file_has_a_file_that_is_right(
    fix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, old, new = DONE_IN_THE_FILE[fix]
    folder = imported(tmp_path, project)
    assert said(fix, capsys) == (True, [])
    file = folder / "orders.yaml"
    text, count = re.subn(old, new, file.read_text("utf-8"), count=1)
    assert count == 1
    file.write_text(text, "utf-8")
    assert mistakes(folder) == []


def test_seed_that_is_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = imported(tmp_path, seed(""))
    (command,) = re.findall(r"`(summary-tables new [^`]*)`", capsys.readouterr().out)
    (folder / "seeds").mkdir()
    (folder / "seeds" / "fees.csv").write_text("name,hex\nred,ff0000\n")
    answers = ["--table", "fees", "--schema", "analytics", "--description", "Fees.", "--owner", "data"]
    assert cli.main([*command.split()[1:], *answers, "--schedule", "none"]) == 0
    assert (folder / "fees.yaml").is_file()
    assert mistakes(folder) == []


def test_each_remedy_is_done_here_or_elsewhere() -> None:
    commands = REPOSITORY / "plugins" / "summary_tables" / "commands"
    paths = [*(commands / "import_dbt").glob("*.py"), commands / "import_files" / "from_dbt.py"]
    written = {text for path in paths for text in _remedies(ast.parse(path.read_text("utf-8")))}
    known = {*DONE_IN_DBT, *DONE_IN_THE_FILE, *DONE_ELSEWHERE}
    assert sorted(written - known) == []
    assert sorted(known - written) == []


_CALLED: Final = frozenset({"fix", "hint", "copied", "_HINTS", "_AS_TABLES", "_SEE", "_OWN_TEST"})


def _remedies(tree: ast.Module) -> Iterator[str]:
    """What is given as `fix`, whether by that name, by its place or as the second half of an answer."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="fix", value=value):
                yield from _texts(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in _CALLED:
                yield from _texts(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name in _CALLED:
                yield from _texts(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for name_node, value in zip(names, values, strict=True):
                    if isinstance(name_node, ast.Name) and name_node.id in _CALLED:
                        yield from _texts(value)
            case ast.Call(func=ast.Attribute(attr="add"), args=[_, _, _, value]):
                yield from _texts(value)
            case ast.Call(func=ast.Name(id="_NotTakenError"), args=[_, value]):
                yield from _texts(value)
            case ast.Call(func=ast.Name(id="_problem" | "of_file"), args=[_, _, value]):
                yield from _texts(value)
            case ast.FunctionDef(name="only_by_dbt" | "_said" | "_first_mistake", body=body):
                answers = (each.value for line in body for each in ast.walk(line) if isinstance(each, ast.Return))
                yield from (
                    text for answer in answers if isinstance(answer, ast.Tuple) for text in _texts(answer.elts[1])
                )


def _texts(node: ast.expr) -> Iterator[str]:
    """With `…` for what is filled in."""
    match node:
        case ast.Constant(value=str() as text) if text:
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.IfExp(body=first, orelse=second):
            yield from (*_texts(first), *_texts(second))
        case ast.Tuple(elts=pairs):
            yield from (text for pair in pairs if isinstance(pair, ast.Tuple) for text in _texts(pair.elts[1]))
        case ast.Call(args=arguments):
            yield from (text for argument in arguments for text in _texts(argument))
