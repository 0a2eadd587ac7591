"""A made-up dbt project in three layers, each model with two tests, over one small source."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

NAME: Final = "bench"
SCHEMA: Final = "bench"
SOURCE_SQL: Final = (
    "DROP SCHEMA IF EXISTS raw_bench CASCADE;"
    "CREATE SCHEMA raw_bench;"
    "CREATE TABLE raw_bench.events AS"
    " SELECT i AS id, i % 10 AS kind, i * 1.5 AS amount FROM generate_series(1, 1000) AS i;"
)


def write_models(project: Path, models: int) -> tuple[str, ...]:
    """Writes the project into an empty folder; returns the names of its models."""
    (project / "models").mkdir(parents=True)
    names = tuple(_names(models))
    for place, name in enumerate(names):
        (project / "models" / f"{name}.sql").write_text(_query(place, names), "utf-8")
    _write(project / "dbt_project.yml", _PROJECT)
    _write(project / "models" / "models.yml", {"sources": [_SOURCE], "models": [_described(name) for name in names]})
    return names


def _names(models: int) -> Iterator[str]:
    """A fifth of them read the source, a third of the others those, the rest two of these."""
    for place in range(models):
        layer = "staging" if place < models // 5 else "middle" if place < models // 2 else "mart"
        yield f"{layer}_{place:03}"


def _query(place: int, names: tuple[str, ...]) -> str:
    first, second = len(names) // 5, len(names) // 2
    if place < first:
        return "select id, kind, amount from {{ source('raw_bench', 'events') }}\n"
    parents = names[:first] if place < second else names[first:second]
    one, other = parents[place % len(parents)], parents[(place * 7 + 1) % len(parents)]
    return (
        f"select one.id, one.kind, one.amount + other.amount as amount\nfrom {{{{ ref('{one}') }}}} as one\n"
        f"join {{{{ ref('{other}') }}}} as other on other.id = one.id\n"
    )


def _described(name: str) -> dict[str, Any]:
    return {"name": name, "columns": [{"name": "id", "data_tests": ["not_null", "unique"]}]}


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")


_PROJECT: Final = {
    "name": NAME,
    "version": "1.0",
    "profile": NAME,
    "models": {NAME: {"+materialized": "table"}},
}
_SOURCE: Final = {"name": "raw_bench", "tables": [{"name": "events"}]}
