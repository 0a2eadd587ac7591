"""Tables whose own files declare their columns."""

from pathlib import Path

from summary_tables.config import from_data
from summary_tables.query_tests.known_tables import declared_tables
from summary_tables.table_file import TableFile
from summary_tables.yaml_files import yaml_document
from summary_tables.yaml_files.yaml_document import YamlDocument


def file(table: str, columns: str) -> TableFile:
    head = f"table: {table}\nschema: analytics\nmain_sql: SELECT 1 AS n\n"
    bare, document = (yaml_document.parse(text.encode(), f"{table}.yaml") for text in (head, head + columns))
    assert isinstance(bare, YamlDocument)
    assert isinstance(document, YamlDocument)
    assert isinstance(bare.data, dict)
    return TableFile(config=from_data(bare.data, {}, Path(f"{table}.yaml")), document=document)


def test_columns_with_their_types_in_the_order_of_the_file() -> None:
    declared = file("a", "columns:\n  - {name: n, type: bigint, description: x}\n  - name: 한국어\n")
    found = declared_tables([declared, file("b", "")])
    assert found == {"analytics.a": {"n": "bigint", "한국어": ""}}
    assert list(found["analytics.a"]) == ["n", "한국어"]
