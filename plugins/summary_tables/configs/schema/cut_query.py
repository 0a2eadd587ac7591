"""Queries that a ` #` cuts inside a text in quotes: YAML takes the rest of the line for a comment."""

import re
from collections.abc import Iterator

from summary_tables.checks import CHECK_KINDS
from summary_tables.configs.schema.mistake import value_name
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.problem import Finding, Place

_CHECKS = ("input_check", "output_check")


def mistakes(document: YamlDocument) -> Iterator[Finding[Place]]:
    """Only queries that cannot work: those whose text in quotes is not closed any more."""
    if " #" not in document.text or not isinstance(document.data, dict):
        return
    for path, query in _queries(document.data):
        rest = document.rest_of_line(path) if document.is_unquoted(path) else ""
        if re.match(r"[ \t]+#", rest) and re.sub(r"--.*", "", query).count("'") % 2:
            yield _mistake(document, path, query, rest)


def _queries(data: dict[str, object]) -> Iterator[tuple[YamlPath, str]]:
    yield ("main_sql",), str(data.get("main_sql", ""))
    for group in _CHECKS:
        items = data.get(group)
        for index, item in enumerate(items if isinstance(items, list) else []):
            for key, kind in CHECK_KINDS.items() if isinstance(item, dict) else ():
                if kind.IS_QUERY and isinstance(item.get(key), str):
                    yield (group, index, key), item[key]


def _mistake(document: YamlDocument, path: YamlPath, query: str, rest: str) -> Finding[Place]:
    line, column = document.place_in_text(path, len(query))
    kept = query if len(query) <= 50 else f"…{query[-49:]}"
    return Finding(
        rule="value",
        place=Place(line, column + len(rest) - len(rest.lstrip()), len(rest.strip())),
        message=f"everything after ` #` is a comment to YAML: {value_name(path)} ends with `{kept}`",
        fix=f"write `{path[-1]}: |` and begin the SQL on the next line",
    )
