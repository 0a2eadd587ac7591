"""A dbt project that was written for another warehouse than the one of the configs: what is to be said of it."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from summary_tables.commands.import_dbt.inlined import Queries
from summary_tables.commands.import_dbt.remarks import Remark, Remarks
from summary_tables.commands.new import draft
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import Model, Source
from summary_tables.model.problem import Finding, Place, Problem
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parser import MAX_CHARACTERS, parse
from summary_tables.sql.query import Query, UnknownName
from summary_tables.sql.syntax_errors import foreign_functions
from summary_tables.sql.templates import stand_ins
from summary_tables.text.english import also_on_lines

_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "athena": "Athena",
        "bigquery": "BigQuery",
        "clickhouse": "ClickHouse",
        "databricks": "Databricks",
        "duckdb": "DuckDB",
        "fabric": "Microsoft Fabric",
        "mysql": "MySQL",
        "oracle": "Oracle",
        "postgres": "PostgreSQL",
        "redshift": "Redshift",
        "snowflake": "Snowflake",
        "spark": "Spark",
        "sqlite": "SQLite",
        "sqlserver": "SQL Server",
        "synapse": "Azure Synapse",
        "trino": "Trino",
    }
)


def title_of_other(manifest: Manifest, dialect: Dialect) -> str:
    """The warehouse that the project was written for, as people know it; empty where it is that of `dialect`."""
    return "" if manifest.adapter in ("", dialect.name) else _TITLES.get(manifest.adapter, manifest.adapter)


def said_of_project(manifest: Manifest, dialect: Dialect) -> tuple[Remark, ...]:
    """What holds for all of its files, to be read before all else."""
    remarks = Remarks()
    other, here = title_of_other(manifest, dialect), dialect.title
    if other:
        message = (
            f"dbt wrote this for {other}, and the warehouse here is {here}: names, order, tests and descriptions come "
            f"over; the queries stay {other}'s, and what {here} does not know in them stands below with its line"
        )
        fix = (
            f"write these places for {here}, and compare the rows with those of {other} before people read them: both "
            "may know a word and mean another thing by it, such as `/` of whole numbers. Where the project runs on "
            f"{here}, too, import its folder with the `--target` that does"
        )
        remarks.add("", "", message, fix)
    _say_same_names(manifest, remarks)
    return tuple(remarks.found)


def _say_same_names(manifest: Manifest, remarks: Remarks) -> None:
    """A table of one database would be read in the place of another one's."""
    nodes: tuple[Model | Source, ...] = (*manifest.nodes.values(), *manifest.sources)
    first: dict[str, Model | Source] = {}
    for node in (each for each in nodes if _database(each)):
        other = first.setdefault(node.relation.full_name, node)
        if _database(other) == _database(node):
            continue
        name = f"`{node.relation.full_name}`"
        for model in (each for each in manifest.models if node.unique_id in each.depends_on):
            message = f"`{model.name}` reads {name} of the database `{node.relation.database}`; here "
            message += f"that is the name of the one of `{other.relation.database}`"
            fix = "give one of the two another name or schema in the warehouse, and write that in the queries"
            remarks.add(model.unique_id, model.path, message, fix, level="error")


def _database(node: Model | Source) -> str:
    """Of what stands in one. Quotes and capitals are dbt's, and not another database."""
    is_nowhere = isinstance(node, Model) and node.materialized == "ephemeral"
    return "" if is_nowhere else node.relation.database.lower()


def say_of_parts(queries: Queries, remarks: Remarks) -> None:
    """What the warehouse does not know in queries that are a part of others here: the first place of each."""
    other = title_of_other(queries.project.manifest, queries.dialect)
    for model in queries.project.manifest.models:
        sql = queries.alone(model) if queries.plan.fate(model.unique_id) == "inlined" else ""
        found = _first_mistake(sql, queries.dialect, other) if sql else None
        if found:
            message, fix = found
            message = f"`{model.name}` is a part of other queries here: {message}"
            remarks.add(model.unique_id, model.path, message, fix)


def _first_mistake(sql: str, dialect: Dialect, other: str) -> tuple[str, str] | None:
    """What is wrong, and what to write."""
    text = stand_ins.filled(sql)
    parsed = parse(text, dialect) if text else None
    if isinstance(parsed, Finding):
        return parsed.message, parsed.fix
    if call := next(foreign_functions.calls(sql, dialect), None) if parsed else None:
        return f"{dialect.title} has no function `{call.word.text}` of its own", f"write {call.instead}"
    name = next(iter(parsed.unknown_names), None) if parsed and other else None
    return _said(name, dialect, other) if name else None


def unknown_names(drafts: Iterable[Draft], folder: ConfigFolder, other: str) -> Iterator[Problem]:
    """Functions and types of `other`, the warehouse that the queries were written for, beyond those that lint knows."""
    read = (draft.read(each, folder) for each in drafts if other)
    for file in (each for each in read if isinstance(each, TableFile)):
        found: dict[tuple[str, str], list[Place]] = {}
        for query in file.queries():
            if query.parsed is None and len(query.text) > MAX_CHARACTERS:
                said = f"what this query has of {other} alone cannot be told: it is too long", "look through it by hand"
                found.setdefault(said, []).append(file.place_in(query, 0))
            for name in query.parsed.unknown_names if isinstance(query.parsed, Query) else ():
                if name.word.text.lower() not in query.dialect.functions.foreign:
                    place = file.place_in(query, name.word.offset, len(name.word.text))
                    found.setdefault(_said(name, query.dialect, other), []).append(place)
        for (message, fix), places in found.items():
            where = also_on_lines(place.line for place in places)
            finding = Finding(place=places[0], rule="import", message=f"{message}{where}", fix=fix, level="warning")
            yield Problem.of(finding, file.path)


def _said(name: UnknownName, dialect: Dialect, other: str) -> tuple[str, str]:
    message = f"{dialect.title} has no {name.kind} `{name.word.text}` of its own, as {other} may have"
    return message, f"write it with what {dialect.title} has, or have somebody make a {name.kind} of this name there"
