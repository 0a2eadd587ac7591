"""What lint says of queries that are known to be right: a public collection of them, and the tables that they read.

    python -m benchmarks.known_sources FOLDER --ddl [SCHEMA=]FILE ...

FOLDER holds SQL files with `CREATE TABLE name AS SELECT ...`, the DDL has the tables that are there before. All of it
is run on an empty server of our own: what that takes is right, and whatever lint then calls an error is a false one.
The sources that lint knows are those of the DDL; what one query makes for another, it has to find out by itself.
"""

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

import psycopg
import yaml

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.lint.dry_run.rule_ids import RULES
from summary_tables.lint.engine import lint
from summary_tables.lint.known_sources.described import described
from summary_tables.lint.known_sources.engine import KnownSourcesCheck
from summary_tables.lint.rule_selection import RuleSelection

_CREATE = re.compile(
    r"CREATE\s+(?:TABLE|MATERIALIZED\s+VIEW|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?(\S+)\s+AS\b(.*?);?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_COLUMNS = """
SELECT n.nspname::text, c.relname::text, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema)'
ORDER BY n.nspname, c.relname, a.attnum
"""
_LINT, _TRUTH = "lint_1", "truth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A query and the table that it makes."""

    schema: str
    table: str
    query: str


def models(folder: Path, schema: str) -> Iterator[Model]:
    """Those of the SQL files in `folder`; `schema` is that of a table that names none."""
    for path in sorted(folder.rglob("*.sql")):
        found = _CREATE.search(path.read_text("utf-8", "replace"))
        if found:
            place, _, name = found[1].replace('"', "").lower().rpartition(".")
            yield Model(schema=place or schema, table=name, query=found[2].strip())


def right_ones(session: psycopg.Connection, every: Sequence[Model]) -> tuple[Model, ...]:
    """Those that the server takes, once it has what they read; their tables are then there."""
    right: list[Model] = []
    waiting = list(every)
    while True:
        taken = [model for model in waiting if _is_taken(session, model)]
        if not taken:
            return tuple(right)
        right += taken
        waiting = [model for model in waiting if model not in taken]


def _is_taken(session: psycopg.Connection, model: Model) -> bool:
    try:
        session.execute(f'CREATE SCHEMA IF NOT EXISTS "{model.schema}"'.encode())
        session.execute(f'CREATE TABLE "{model.schema}"."{model.table}" AS {model.query}'.encode())
    except psycopg.Error:
        return False
    return True


def write_folder(folder: Path, right: Sequence[Model], sources: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
    """The configs of `right`, and the columns of `sources` by schema and table."""
    (folder / "sources").mkdir(parents=True)
    for schema, tables in sources.items():
        listed = [
            {"name": name, "columns": [{"name": column, "type": kind} for column, kind in columns.items()]}
            for name, columns in tables.items()
        ]
        (folder / "sources" / f"{schema}.yaml").write_text(
            yaml.safe_dump({"schema": schema, "tables": listed}, sort_keys=False, allow_unicode=True), "utf-8"
        )
    for model in right:
        head = f"table: {model.table}\nschema: {model.schema}\nowner: benchmark\nmain_sql: |2\n"
        query = model.query.replace("\t", "    ")
        (folder / f"{model.table}.yaml").write_text(f"{head}{indent(query, '  ')}\n", "utf-8")


def _sources(session: psycopg.Connection) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for schema, table, column, kind in session.execute(_COLUMNS.encode()):
        found.setdefault(schema, {}).setdefault(table, {})[column] = kind
    return found


def _run_ddl(session: psycopg.Connection, given: str) -> str:
    """The schema in which it was run."""
    schema, _, path = given.rpartition("=")
    text = "\n".join(line for line in Path(path).read_text("utf-8").splitlines() if not line.startswith("\\"))
    if schema:
        session.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"; SET search_path = "{schema}"'.encode())
    session.execute(text.encode())
    return schema or "public"


def report(folder: Path, every: int, right: int, server: EmbeddedPostgres, password: str) -> Iterator[str]:
    """What lint says, with the server and without."""
    yield f"{every:,} queries, {right:,} of which PostgreSQL takes"
    selection = RuleSelection(select=frozenset(RULES))
    with described(server.uri(_LINT, "linter", password), print) as describer:
        for name, check in (
            ("on a server", KnownSourcesCheck(describer=describer)),
            ("by names alone", KnownSourcesCheck()),
        ):
            result = lint([folder], selection, check, is_warehouse_asked=False)
            levels = Counter(problem.level for problem in result.problems)
            whole = sum(not line.startswith(" ") for line in check.columns_text().splitlines())
            yield (
                f"{name}: {levels['error']:,} false errors, {levels['warning']:,} warnings, {levels['info']:,} notes; "
                f"{whole:,} queries with the types of all their columns"
            )
            yield from (f"  {problem}" for problem in result.problems)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.known_sources", description=__doc__)
    parser.add_argument("folder", type=Path, help="SQL files with CREATE TABLE ... AS")
    parser.add_argument("--ddl", action="append", default=[], metavar="[SCHEMA=]FILE", help="the tables that they read")
    chosen = parser.parse_args(arguments)
    password = "linter"  # of a server that ends with this program, on a socket in a private folder
    with tempfile.TemporaryDirectory(prefix="bench-known-") as name, EmbeddedPostgres(Path(name) / "pg") as server:
        with closing(server.connect()) as session:
            session.execute(f"CREATE ROLE linter LOGIN PASSWORD '{password}'".encode())
            session.execute(f"CREATE DATABASE {_TRUTH}".encode())
            session.execute(f"CREATE DATABASE {_LINT} OWNER linter".encode())
        with closing(server.connect(_TRUTH)) as session:
            schemas = [_run_ddl(session, given) for given in chosen.ddl]
            sources = _sources(session)
            every = tuple(models(chosen.folder, (schemas or ["public"])[0]))
            right = right_ones(session, every)
        folder = Path(name) / "dag_configs"
        write_folder(folder, right, sources)
        print("\n".join(report(folder, len(every), len(right), server, password)))


if __name__ == "__main__":
    main()
