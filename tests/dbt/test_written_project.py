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


YAML = st.sampled_from(
    ["models", "versions", "v", "config", "name", ":", "- ", "\n", "  ", "{", "}", "'", "orders", "1"]
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
