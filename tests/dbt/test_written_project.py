"""A project as its files say it, compared with what dbt made of the same files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.written_project import written_project
from summary_tables.model.dbt_project import DbtProject, DbtSelection
from tests.golden_files import assert_golden

PROJECT = Path(__file__).parents[1] / "cases" / "dbt" / "every_config"
RUN = DbtProject(name="store", dbt=DbtSelection(project="dbt/store", vars={"area": "asia"}))


def test_all_that_a_project_may_say() -> None:
    """The golden file was written from the manifest of dbt-core 1.12, not from what is tested here."""
    files = {path.relative_to(PROJECT).as_posix(): path.read_text() for path in PROJECT.rglob("*") if path.is_file()}
    found = written_project(files, RUN)
    assert found is not None
    assert_golden("dbt/every_config.txt", "\n".join(rows(found)) + "\n")


def rows(found: Manifest) -> Iterator[str]:
    for node in sorted((*found.nodes.values(), *found.switched_off), key=lambda each: each.unique_id):
        is_off = " (switched off)" if node in found.switched_off else ""
        reads = f" reads {', '.join(node.depends_on)}" if node.depends_on else ""
        tags = f" [{','.join(sorted(set(node.tags)))}]" if node.tags else ""
        yield f"{node.unique_id} {node.relation.full_name} {node.materialized}{tags} {node.path}{reads}{is_off}"


def test_a_macro_that_only_dbt_understands_leaves_the_schema_open() -> None:
    macro = "{% macro generate_schema_name(custom, node) %}{{ modules.re.sub('a', 'b', custom) }}{% endmacro %}"
    files = {"dbt_project.yml": "name: store\n", "models/orders.sql": "SELECT 1", "macros/names.sql": macro}
    found = written_project(files, RUN)
    assert found is not None
    assert [(node.relation.schema, node.relation.table) for node in found.models] == [("", "orders")]


def written(files: dict[str, str]) -> Manifest:
    found = written_project({"dbt_project.yml": "name: store\n", **files}, RUN)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("config", "table"),
    [
        ('enabled: "{{ false }}"', ""),
        ("enabled: \"{{ var('area') == 'asia' }}\"", "store.orders"),
        ("schema: \"{{ var('area') }}\"", "store_asia.orders"),
        ("schema: \"{{ var('nobody', 'all') }}\"", "store_all.orders"),
        ('schema: "{{ none }}"', "store.orders"),
    ],
)
def test_a_config_may_be_a_template(config: str, table: str) -> None:
    properties = f"models: [{{name: orders, config: {{{config}}}}}]"
    found = written({"models/orders.sql": "SELECT 1", "models/m.yml": properties})
    assert [node.relation.full_name for node in found.models] == [table] * bool(table)
    assert len(found.switched_off) == (not table)


@pytest.mark.parametrize("schema", ["env_var('AREA')", "var('nobody')", "modules.re"])
def test_a_schema_that_only_dbt_knows_is_left_open(schema: str) -> None:
    macro = "{% macro generate_schema_name(custom, node) %}{{ custom or target.schema }}{% endmacro %}"
    model = f"{{{{ config(schema={schema}) }}}} SELECT 1"
    found = written({"models/orders.sql": model, "macros/names.sql": macro})
    assert [(node.relation.schema, node.relation.table) for node in found.models] == [("", "orders")]


@pytest.mark.parametrize("said", ["node.config.team", "node.config.get('team')", "node.config['team'] ~ '_x'"])
def test_a_macro_that_looks_at_a_config_that_only_dbt_knows(said: str) -> None:
    macro = f"{{% macro generate_schema_name(custom, node) %}}{{{{ {said} }}}}{{% endmacro %}}"
    model = "{{ config(team=env_var('TEAM')) }} SELECT 1"
    found = written({"models/orders.sql": model, "macros/names.sql": macro})
    assert [(node.relation.schema, node.relation.table) for node in found.models] == [("", "orders")]


@pytest.mark.parametrize("said", ["\"{{ env_var('X') }}\"", "5", "{a: 1}", "[]", "null"])
def test_what_no_config_can_be_is_left_out(said: str) -> None:
    config = f"{{tags: {said}, group: {said}, materialized: {said}, alias: {said}}}"
    files = {"models/orders.sql": "SELECT 1", "models/m.yml": f"models: [{{name: orders, config: {config}}}]"}
    (found,) = written(files).models
    assert (found.tags, found.group, found.materialized) == ((), "", "view")


def test_the_tables_of_others() -> None:
    tables = "[{name: orders}, {name: visits, identifier: visits_2}, {name: '{{ 1 }}', identifier: \"{{ ref('a') }}\"}]"
    sources = (
        f"sources:\n  - {{name: raw, tables: {tables}}}\n  - {{name: web, schema: raw_web, tables: [{{name: hits}}]}}\n"
    )
    found = written({"models/s.yml": sources})
    assert [(each.unique_id, each.relation.full_name) for each in found.sources] == [
        ("source.store.raw.orders", "raw.orders"),
        ("source.store.raw.visits", "raw.visits_2"),
        ("source.store.raw.{{ 1 }}", "raw."),
        ("source.store.web.hits", "raw_web.hits"),
    ]


def test_columns_that_properties_name() -> None:
    columns = "columns: [{name: id, data_type: integer}, {name: 2}, {data_type: text}]"
    found = written({"models/orders.sql": "SELECT 1", "models/m.yml": f"models: [{{name: orders, {columns}}}]"})
    assert [(each.name, each.data_type) for each in found.models[0].columns] == [("id", "integer"), ("2", "")]


ORDERS = "models/marts/orders.sql"
IF_PROD = "{% if target.name == 'prod' %}{{ config(alias='live') }}{% else %}{{ config(alias='tried') }}{% endif %}"
BY_MACRO = "{{% macro {0}(custom_schema_name, node) -%}}{1}{{%- endmacro %}}"
NO_LATEST = "models: [{name: people, versions: [{v: 9}, {v: 10.5}]}]"
SAID: dict[str, tuple[dict[str, str], list[str]]] = {
    "a branch that is taken": ({ORDERS: f"{IF_PROD} select 1 as id"}, ["orders store.live"]),
    "set before": (
        {ORDERS: "{% set a = {'alias': 'by_set'} %}{% do config(schema=none) %}{{ config(**a) }} select 1 as id"},
        ["orders store.by_set"],
    ),
    "no template": (
        {ORDERS: "{% if true %}{% endif %}{% raw %}{{ config(alias='a') }}{% endraw %} select 1 as id"},
        ["orders store.orders"],
    ),
    "Python": (
        {
            "models/p.py": "def model(dbt, session):\n"
            "    dbt.config(materialized='table', schema='ml', alias='q')\n"
            "    return 1\n"
        },
        ["p store_ml.q"],
    ),
    "endings in other letters": (
        {"models/Big.SQL": "select 1 as id", "seeds/s.CSV": "id\n1\n"},
        ["Big store.Big", "s store.s"],
    ),
    "files that dbt ignores": (
        {
            ".dbtignore": "# drafts\n/models/drafts/\n*_old.sql\n!kept_old.sql\n",
            "models/drafts/a.sql": "select 1 as id",
            "models/b_old.sql": "select 1 as id",
            "models/marts/kept_old.sql": "select 1 as id",
            "models/marts/drafts/d.sql": "select 1 as id",
        },
        ["d store.d", "kept_old store.kept_old"],
    ),
    "properties in another folder": (
        {ORDERS: "select 1 as id", "tests/m.yml": "models: [{name: orders, config: {alias: o}}]"},
        ["orders store.o"],
    ),
    "a folder's path": (
        {ORDERS: "select 1 as id", "dbt_project.yml": "name: store\nmodel-paths: [./models/]\n"},
        ["orders store.orders"],
    ),
    "the highest version": (
        {
            "models/m.yml": NO_LATEST,
            "models/people_v9.sql": "select 1 as id",
            "models/people.sql": "select 1 as id",
            "dbt_project.yml": "name: store\nmodels: {store: {people: {v9: {+schema: old}}}}\n",
        },
        ["people store.people_v10_5", "people store_old.people_v9"],
    ),
    "a snapshot's file": (
        {
            "dbt_project.yml": "name: store\nsnapshots: {store: {s: {then: {+schema: snaps}}}}\n",
            "snapshots/s.sql": "{% snapshot then %}{{ config(unique_key='id', strategy='check', check_cols='all') }}"
            "select 1 as id{% endsnapshot %}",
        },
        ["then store_snaps.then"],
    ),
    "dbt's macro for environments": (
        {
            "macros/m.sql": BY_MACRO.format(
                "generate_schema_name", "{{ generate_schema_name_for_env(custom_schema_name, node) }}"
            ),
            ORDERS: "{{ config(schema='marts') }} select 1 as id",
        },
        ["orders marts.orders"],
    ),
    "dbt's macro, called": (
        {
            "macros/m.sql": BY_MACRO.format(
                "generate_schema_name", "{{ default__generate_schema_name(custom_schema_name, node) }}_x"
            ),
            ORDERS: "{{ config(schema='marts') }} select 1 as id",
        },
        ["orders store_marts_x.orders"],
    ),
    "a macro in the place of dbt's": (
        {
            "macros/m.sql": BY_MACRO.format(
                "default__generate_schema_name", "{{ custom_schema_name or target.schema }}"
            ),
            ORDERS: "{{ config(schema='marts') }} select 1 as id",
        },
        ["orders marts.orders"],
    ),
    "a macro that looks at folders": (
        {
            "macros/m.sql": BY_MACRO.format("generate_schema_name", "{{ node.fqn[1:-1] | join('_') }}"),
            ORDERS: "select 1 as id",
        },
        ["orders marts.orders"],
    ),
}
"""What each project makes, as the manifest of dbt-core 1.12 has it."""


@pytest.mark.parametrize("case", SAID)
def test_it_is_read_as_dbt_reads_it(case: str) -> None:
    files, expected = SAID[case]
    assert sorted(f"{node.name} {node.relation.full_name}" for node in written(files).nodes.values()) == expected


def test_a_config_behind_a_condition_that_only_dbt_knows_leaves_the_table_open() -> None:
    code = "{% if modules.os %}{{ config(alias='a', enabled=false) }}{% endif %} select 1 as id"
    found = written({ORDERS: code})
    assert [(node.relation.schema, node.relation.table) for node in found.models] == [("", "orders")]


YAML = st.sampled_from(
    [
        "models",
        "versions",
        "v",
        "config",
        "tags",
        "columns",
        "name",
        ":",
        "- ",
        "\n",
        "  ",
        "{",
        "}",
        "'",
        "orders",
        "1",
    ]
)


@given(st.lists(YAML), st.lists(YAML), st.text())
def test_no_text_breaks_it(project: list[str], properties: list[str], sql: str) -> None:
    files = {
        "dbt_project.yml": "name: store\n" + "".join(project),
        "models/m.yml": "models:\n  - name: orders\n    " + "".join(properties),
        "models/orders.sql": f"{{{{ config({sql}) }}}}",
        "models/orders_v1.sql": sql,
    }
    written_project(files, RUN)


@pytest.mark.parametrize("text", ["{# ", "{% macro a() %}", "{{ config(", "{% snapshot a %}", "ref('", "{{ config(a={"])
def test_no_text_keeps_its_reader(text: str) -> None:
    """What somebody proposes is read where comments are made: each text is looked at once, not once a beginning."""
    many = text * 60_000 + " }}"
    files = {"dbt_project.yml": "name: store\n", "models/a.sql": many, "macros/a.sql": many, "snapshots/a.sql": many}
    assert written_project(files, RUN) is not None
