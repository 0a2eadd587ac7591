"""What the schema's check says of a file, in words."""

from collections.abc import Iterable
from pathlib import Path

from summary_tables.configs.schema import check as schema_check
from summary_tables.configs.schema_files import known_keys, load_schema
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place, Problem

TABLE = load_schema("summary_table")
KEYS = sorted(known_keys())
GOOD = {"table": "t", "schema": "analytics", "main_sql": "SELECT 1 AS one"}


def in_words(findings: Iterable[Finding[Place]], file: str) -> list[str]:
    return [str(Problem.of(finding, Path(file), file=file)) for finding in findings]


def said(text: str) -> list[str]:
    document = yaml_document.parse(text.encode())
    assert isinstance(document, YamlDocument), document
    return in_words(schema_check.findings(document, "summary_table"), "x.yaml")
