"""`sources/` beside the configs: what it says, and what is wrong in it."""

from pathlib import Path

import pytest

from summary_tables.configs.folder import is_known_good, read_folder
from summary_tables.configs.known_good import known_good
from summary_tables.configs.sources import file_stem, known_type, read_sources
from summary_tables.model.source_table import LoadedAt, SourceColumn, SourceSchema, SourceTable, SourceType
from summary_tables.sql.dialects.registry import dialect_of

TABLE = "table: {name}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"
RAW = """\
schema: raw_data
description: What the website records.
owner: platform
tables:
  - name: orders
    description: One row an order.
    owner: shop
    asset: raw_data.orders
    loaded_at: {column: at, within_hours: 26}
    columns:
      - {name: id, type: bigint, description: The order.}
      - {name: at, type: timestamptz}
  - name: 주문 내역
types:
  - name: mood
    values: [sad, ok]
  - name: email
    base: text
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    (found / "sources").mkdir(parents=True)
    return found


def said(folder: Path, dialect: str = "postgres") -> list[str]:
    (folder / "defaults.yaml").write_text(f"warehouse: {{dialect: {dialect}}}\n")
    return [str(problem) for problem in read_folder(folder).sources.problems]


def said_of(folder: Path, text: str, name: str = "raw_data.yaml") -> list[str]:
    (folder / "sources" / name).write_text(text, "utf-8")
    return [line.removeprefix(f"sources/{name}:").strip() for line in said(folder)]


def test_all_that_a_file_says_is_read(folder: Path) -> None:
    (folder / "sources" / "raw_data.yaml").write_text(RAW, "utf-8")
    sources = read_sources(folder, dialect_of("postgres"))
    orders = SourceTable(
        name="orders",
        description="One row an order.",
        owner="shop",
        asset="raw_data.orders",
        loaded_at=LoadedAt(column="at", within_hours=26),
        columns=(
            SourceColumn(name="id", type="bigint", description="The order."),
            SourceColumn(name="at", type="timestamptz"),
        ),
    )
    unknown = SourceTable(name="주문 내역")
    types = (SourceType(name="mood", values=("sad", "ok")), SourceType(name="email", base="text"))
    schema = SourceSchema(
        schema="raw_data",
        description="What the website records.",
        owner="platform",
        tables=(orders, unknown),
        types=types,
    )
    assert sources.problems == ()
    assert sources.schemas == {"raw_data": schema}
    assert sources.tables == {("raw_data", "orders"): orders, ("raw_data", "주문 내역"): unknown}
    assert sources.types == {("raw_data", "mood"): types[0], ("raw_data", "email"): types[1]}
    assert [schema.owner_of(table) for table in schema.tables] == ["shop", "platform"]


def test_a_folder_may_do_without(tmp_path: Path) -> None:
    sources = read_sources(tmp_path, dialect_of("postgres"))
    assert (sources.files, sources.problems, sources.tables) == ((), (), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schema: raw_data\ntabels: []\n",
         "2:1: error[unknown-key] `tabels` is not a key of this file; fix: rename it to `tables`"),
        ("name: raw_data\n", "1:1: error[unknown-key] `name` is not a key of this file; fix: rename it to `schema`"),
        ("schema: raw_data\ngrants: {select: [a]}\n",
         "2:1: error[unknown-key] `grants` is not a key of this file; "
         "fix: the keys allowed here are `schema`, `description`, `owner`, `tables`, `types`"),
        ("schema: raw_data\ntables:\n  - name: a\n    columns:\n      - {name: id, data_type: int}\n",
         "5:20: error[unknown-key] `data_type` is not a key of `columns` item 1 of `tables` item 1; "
         "fix: rename it to `type`"),
        ("schema: raw_data\ntables:\n  - name: a\n    columns:\n      - {name: id}\n",
         "5:9: error[missing-key] `type` is missing from `columns` item 1 of `tables` item 1; fix: add `type:`"),
        ("schema: raw_data\ntables:\n  - name: a\n    columns:\n      - id: int\n",
         "5:9: error[unknown-key] `id` is not a key of `columns` item 1 of `tables` item 1; "
         "fix: write `name: id` and `type: int` below it"),
        ("schema: raw_data\ntables:\n  - name: a\n    loaded_at_field: at\n",
         "4:5: error[unknown-key] `loaded_at_field` is not a key of `tables` item 1; fix: rename it to `loaded_at`"),
        ("schema: raw_data\ntables:\n  - name: a\n    loaded_at: at\n",
         "4:16: error[value] `loaded_at` of `tables` item 1 must be `key: value` lines, not the text \"at\""),
        ("schema: raw_data\ntables:\n  orders:\n    owner: a\n",
         "3:3: error[value] `tables` must be a list of tables; what each is called stands at `name`; "
         "fix: write `- name: orders`"),
        ("schema: raw_data\ntables: [a]\n",
         "2:10: error[value] `tables` item 1 must be `key: value` lines, not the text \"a\""),
        ("schema: raw_data\ntables:\n  - name: '\"Orders\"'\n",
         "3:11: error[value] `name` of `tables` item 1 is \"\\\"Orders\\\"\"; it must be the name itself, without "
         "double quotes around it; fix: write `Orders`"),
        ("schema: raw_data\ntables:\n  - name: a\n    asset: 주문\n",
         "4:12: error[value] `asset` of `tables` item 1 is \"주문\"; "
         "it must be the name or the URI of an asset, which Airflow keeps in ASCII"),
        ("schema: raw_data\ntypes:\n  - name: mood\n",
         "3:5: error[value] `types` item 1 must have its `name`, and either `values` or `base`"),
        ("schema: raw_data\ntypes:\n  - {name: mood, values: [a], base: text}\n",
         "3:5: error[value] `types` item 1 must have its `name`, and either `values` or `base`"),
        ("schema: raw_data\ntables:\n  - name: a\n  - name: a\n",
         "4:11: error[source-twice] the table `a` stands here again: it is on line 3 already; "
         "fix: delete one of the two"),
        ("schema: raw_data\ntables:\n  - name: a\n    columns: [{name: b, type: int}, {name: b, type: text}]\n",
         "4:44: error[source-twice] the column `b` of this table stands here again: it is on line 4 already; "
         "fix: delete one of the two"),
        ("schema: raw_data\ntypes: [{name: a, base: int}, {name: a, base: text}]\n",
         "2:38: error[source-twice] the type `a` stands here again: it is on line 2 already; "
         "fix: delete one of the two"),
        ("schema: other\n",
         "1:9: error[file-name] the file raw_data.yaml is not called after its schema `other`; "
         "fix: call the file other.yaml"),
        ("schema: analytics\ntables: [{name: mau}]\n",
         "1:9: error[file-name] the file raw_data.yaml is not called after its schema `analytics`; "
         "fix: call the file analytics.yaml"),
        ("schema: raw_data\ntables:\n  - name: a\n    loaded_at: {column: updated, within_hours: 1}\n"
         "    columns: [{name: updated_at, type: date}]\n",
         "4:25: error[source-loaded-at] `a` has no column `updated`; fix: write `updated_at`"),
        ("schema: raw_data\ntables:\n  - name: a\n    columns: [{name: b, type: intger}]\n",
         "4:31: warning[source-type] `intger` is no type of PostgreSQL's own, and no file of sources/ describes it "
         "under `types`; fix: write `integer`"),
        ("schema: raw_data\ntables:\n  - name: a\n    columns: [{name: b, type: raw_data.zip}]\n",
         "4:31: info[source-type] `raw_data.zip` is no type of PostgreSQL's own, and no file of sources/ describes it "
         "under `types`; fix: describe it under `types` in the file of its schema"),
        ("table: a\nschema: raw_data\nmain_sql: SELECT 1\n",
         "3:1: error[file-name] this describes a summary table, and only what is known of others' tables is read here; "
         "fix: move the file up into dag_configs/"),
        ("version: 2\nsources:\n  - name: raw_data\n    tables: [{name: a}]\n",
         "2:1: error[shape] `sources` is dbt's list of schemas; here each schema has a file of its own; "
         "fix: begin with `schema:`, let `tables:` begin in the first column, and call `data_type` of a column `type`"),
        ("- schema: raw_data\n",
         "1:1: error[shape] a config is `key: value` lines, not a list; fix: begin with `schema:`"),
        ("schema: [\n", '1:9: error[yaml] a value that begins with [ must be in quotes; fix: write "["'),
    ],
)  # fmt: skip
def test_mistakes(text: str, expected: str, folder: Path) -> None:
    assert said_of(folder, text) == [expected]


def test_a_summary_table_of_the_folder_is_no_source(folder: Path) -> None:
    (folder / "mau.yaml").write_text(TABLE.format(name="mau"))
    text = "schema: analytics\ntables:\n  - name: orders\n  - name: mau\n"
    assert said_of(folder, text, "analytics.yaml") == [
        "4:11: error[source-built-here] `analytics.mau` is a summary table: dag_configs/mau.yaml builds it, and says "
        "what it has; fix: delete it here"
    ]


def test_types_of_other_files_are_known(folder: Path) -> None:
    (folder / "sources" / "kinds.yaml").write_text(
        "schema: kinds\ntypes: [{name: mood, values: [a]}, {name: Größe, base: 'numeric(4,1)'}]\n", "utf-8"
    )
    names = ["mood", "kinds.mood[]", 'kinds."Größe"', '"Größe"[]', "int4", "citext", "geometry(Point,4326)", "_int4"]
    columns = "".join(f"      - {{name: c{number}, type: '{name}'}}\n" for number, name in enumerate(names))
    assert said_of(folder, f"schema: raw_data\ntables:\n  - name: a\n    columns:\n{columns}") == []


def test_a_type_without_schema_is_that_of_the_one_schema_that_has_it() -> None:
    types = {(schema, "mood"): SourceType(name="mood", values=("a",)) for schema in ("a", "b")}
    assert (known_type("mood", types), known_type("b.mood", types), known_type("c.mood", types)) == (
        None,
        ("b", "mood"),
        None,
    )
    assert known_type("MOOD", {("a", "mood"): types["a", "mood"]}) == ("a", "mood")


def test_types_are_those_of_the_warehouse(folder: Path) -> None:
    text = "schema: raw_data\ntables:\n  - name: a\n    columns: [{name: b, type: super}, {name: c, type: json}]\n"
    (folder / "sources" / "raw_data.yaml").write_text(text)
    assert said(folder, "redshift") == [
        "sources/raw_data.yaml:4:55: info[source-type] `json` is no type of Redshift's own, and no file of sources/ "
        "describes it under `types`; fix: describe it under `types` in the file of its schema"
    ]


def test_other_files_are_told_with_what_to_do(folder: Path) -> None:
    for name in ("raw_data.yml", "other.json", "README.md", ".hidden.yml"):
        (folder / "sources" / name).write_text("schema: raw_data\n")
    (folder / "sources" / "more").mkdir()
    (folder / "sources" / "more" / "a.yaml").write_text("schema: a\n")
    words = "error[file-name] the file is not read: sources end in .yaml; fix:"
    assert said(folder) == [
        "sources/more: error[file-name] the files in this folder are not read; fix: move them up into the folder above",
        f"sources/other.json: {words} rename it to other.yaml",
        f"sources/raw_data.yml: {words} rename it to raw_data.yaml",
    ]


def test_sources_are_a_folder(tmp_path: Path) -> None:
    (tmp_path / "sources").write_text("schema: raw_data\n")
    (problem,) = read_sources(tmp_path, dialect_of("postgres")).problems
    assert problem.message == "known sources are files in a folder of this name, one for each schema"


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "dag_configs").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.yaml").write_text("schema: b\n")
    (tmp_path / "dag_configs" / "sources").symlink_to(tmp_path / "elsewhere")
    folder = read_folder(tmp_path / "dag_configs")
    assert [str(problem) for problem in folder.problems] == [
        "dag_configs/sources: error[file-name] it is a link to a folder, and the files there are not read; "
        "fix: put the files themselves here"
    ]
    assert (folder.sources.files, folder.sources.problems) == ((), ())


def test_what_is_wrong_there_takes_no_table_away(folder: Path) -> None:
    (folder / "mau.yaml").write_text(TABLE.format(name="mau"))
    assert said_of(folder, "schema: [\n", "broken.yaml") != []
    assert read_folder(folder).problems == ()
    assert [file.full_name for file in read_folder(folder).files] == ["analytics.mau"]


def test_what_is_remembered_of_a_folder_holds_whatever_stands_there(folder: Path, tmp_path: Path) -> None:
    (folder / "mau.yaml").write_text(TABLE.format(name="mau"))
    memory = known_good(tmp_path / "memory", folder)
    assert memory
    memory.keep(memory.folder(read_folder(folder, memory).statements.values()))
    memory.save()
    (folder / "sources" / "broken.yaml").write_text("schema: [\n")
    later = known_good(tmp_path / "memory", folder)
    assert later
    assert is_known_good(folder, later)


@pytest.mark.parametrize(
    ("schema", "stem"),
    [
        ("raw_data", "raw_data"),
        ("원본", "원본"),
        ("Raw Data", "Raw Data"),
        ("a/b:c", "a_b_c"),
        ("..", "_."),
        ("~a", "~a"),
    ],
)
def test_a_file_is_called_after_its_schema_as_far_as_a_file_can_be(schema: str, stem: str) -> None:
    assert file_stem(schema) == stem
