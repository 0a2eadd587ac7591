"""What queries read is found once, and kept for the next parse."""

from pathlib import Path

import pytest

from summary_tables.configs.config import Config, from_data
from summary_tables.configs.known_good import KnownGood, known_good
from summary_tables.lint.facts.known_reads import KnownReads, tables_read


def config(query: str) -> Config:
    return from_data({"table": "t", "schema": "s", "main_sql": query}, {}, Path("dag_configs/t.yaml"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT 1 AS one FROM raw.b, raw.a JOIN raw.b AS again ON true", ["raw.a", "raw.b"]),
        ('WITH c AS (SELECT * FROM "원본"."하 루") SELECT * FROM c', ["원본.하 루"]),
        ("SELECT extract(day FROM x.ts) FROM raw.a x -- FROM raw.gone", ["raw.a"]),
        ("SELECT 'FROM raw.text' AS a FROM {schema}.other, {schema}.{table}", ["s.other", "s.t"]),
        ("SELECT 1 FROM loose, pg_catalog.pg_class, information_schema.tables", []),
        ("SELECT 1 FROM raw.{{ ds_nodash }}, raw.a", ["raw.a"]),
        ("SELECT 1 FROM raw.a {% if ds %} JOIN raw.b ON true {% endif %}", []),
        ("SELECT FROM WHERE", []),
    ],
)
def test_tables_of_a_query(query: str, names: list[str]) -> None:
    assert tables_read(config(query)) == names


@pytest.fixture
def memory(tmp_path: Path) -> KnownGood:
    found = known_good(tmp_path / "memory", tmp_path)
    assert found
    return found


def test_a_known_query_is_not_read_again(memory: KnownGood, monkeypatch: pytest.MonkeyPatch) -> None:
    first = KnownReads(memory)
    assert first.of(config("SELECT 1 FROM raw.a"), b"statement") == ["raw.a"]
    first.save()
    monkeypatch.setattr("summary_tables.lint.facts.known_reads.tables_read", lambda _: ["read again"])
    assert KnownReads(memory).of(config("SELECT 1 FROM raw.a"), b"statement") == ["raw.a"]
    assert KnownReads(memory).of(config("SELECT 1 FROM raw.b"), b"another") == ["read again"]
    assert KnownReads(None).of(config("SELECT 1 FROM raw.a"), b"statement") == ["read again"]


def test_what_is_gone_is_forgotten(memory: KnownGood) -> None:
    for statement in (b"one", b"two"):
        reads = KnownReads(memory)
        reads.of(config("SELECT 1 FROM raw.a"), statement)
        reads.save()
    assert memory.note(".reads") == b'{"two": ["raw.a"]}'


@pytest.mark.parametrize("damaged", [b"", b"\xff", b"[]", b'{"statement": "raw.x"}', b'{"statement": [1]}'])
def test_damaged_note_is_no_note(memory: KnownGood, damaged: bytes) -> None:
    memory.write_note(".reads", damaged)
    assert KnownReads(memory).of(config("SELECT 1 FROM raw.a"), b"statement") == ["raw.a"]
