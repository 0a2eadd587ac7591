"""42P01: a table that the warehouse does not have, or a name before a column that is none of the query's tables."""

from collections.abc import Sequence

from summary_tables.lint.dry_run.mistake import Refused, listed, mistake_at
from summary_tables.lint.dry_run.query import FromTable, WrittenName
from summary_tables.model.problem import Finding, Span
from summary_tables.text.quoting import in_double_quotes
from summary_tables.text.spelling import nearest

RULE = "warehouse-table"


def words(refused: Refused) -> Finding[Span]:
    """Which of the two, and what was probably meant."""
    name = refused.query.name_at(refused.offset)
    if name is None:
        return Finding(rule=RULE, message=refused.refusal.message, place=Span(refused.offset))
    return _table(refused, name) if _is_in_from(refused, name) else _qualifier(refused, name)


def _is_in_from(refused: Refused, name: WrittenName) -> bool:
    if refused.query.parsed:
        return any(table.table.offset == name.offset for table in refused.query.tables)
    return refused.query.before(name.offset) in ("FROM", "JOIN", "ONLY", "TABLE")


def _table(refused: Refused, name: WrittenName) -> Finding[Span]:
    full_name = ".".join(name.parts)
    if full_name in refused.folder.by_name:
        return _not_built_yet(refused, name, full_name)
    message, fix = _qualified(refused, name) if len(name.parts) == 2 else _unqualified(refused, name)
    return mistake_at(name, RULE, message, fix)


def _not_built_yet(refused: Refused, name: WrittenName, full_name: str) -> Finding[Span]:
    builder = refused.folder.by_name[full_name]
    if builder is refused.file and refused.query.source.role == "output_check":
        message = f"`{full_name}` does not stand in the warehouse before it is published for the first time"
        fix = "leave this check out of the first build, which it would fail, and add it afterwards"
        return mistake_at(name, RULE, message, fix, "warning")
    message = f"`{full_name}` is not in the warehouse yet, so this query was not tried: {builder.name} builds it"
    return mistake_at(name, RULE, message, level="info")


def _qualified(refused: Refused, name: WrittenName) -> tuple[str, str]:
    schema, table = name.parts
    known = refused.catalog.tables()
    if schema not in refused.catalog.schemas():
        message = f"the warehouse has no schema `{schema}`"
        meant = nearest(schema, refused.catalog.schemas())
        schemas = sorted({place for place, _ in known})
        return message, _schema_fix(meant, table, known) or _elsewhere(table, known) or _there_are("schemas", schemas)
    message = f"the warehouse has no table `{schema}.{table}`"
    there = [other for place, other in known if place == schema]
    near = nearest(table, there)
    if near:
        return message, f"write `{_written(schema, near)}`"
    return message, _elsewhere(table, known) or _there_are(f"tables in `{schema}`", there)


def _there_are(things: str, names: Sequence[str]) -> str:
    return f"the {things} are {listed(tuple(map(as_written, names)))}" if names else ""


def _schema_fix(schema: str | None, table: str, known: Sequence[tuple[str, str]]) -> str:
    if schema is None:
        return ""
    there = [other for place, other in known if place == schema]
    near = table if table in there else nearest(table, there)
    return f"write `{_written(schema, near)}`" if near else f"write the schema as `{schema}`"


def _elsewhere(table: str, known: Sequence[tuple[str, str]]) -> str:
    found = [_written(schema, other) for schema, other in known if other == table]
    if found:
        return f"write `{found[0]}`" if len(found) == 1 else f"write one of {listed(tuple(found))}"
    near = nearest(table, [other for _, other in known])
    return next((f"write `{_written(schema, near)}`" for schema, other in known if near and other == near), "")


def _unqualified(refused: Refused, name: WrittenName) -> tuple[str, str]:
    message = f"the warehouse has no table `{'.'.join(name.parts)}`"
    if len(name.parts) != 1:
        return f"{message} in this database", "write `schema.table`"
    if name.parts[0] in refused.query.ctes:
        return f"`{name.text}` stands further down in WITH, and a query there reads only those before it", "move it up"
    if cte := nearest(name.parts[0], refused.query.ctes):
        return f"neither WITH nor the warehouse has a table `{name.parts[0]}`", f"write `{cte}`"
    return f"the warehouse finds no table `{name.parts[0]}` without a schema", _elsewhere(
        name.parts[0], refused.catalog.tables()
    )


def _qualifier(refused: Refused, name: WrittenName) -> Finding[Span]:
    *qualifier, column = name.parts
    if refused.query.is_star_of(name.offset):
        qualifier, column = list(name.parts), "*"
    written = ".".join(qualifier) or column
    message, fix = _qualifier_words(refused, qualifier or [column], column)
    return mistake_at(name, RULE, message.format(written), fix)


def _qualifier_words(refused: Refused, qualifier: list[str], column: str) -> tuple[str, str]:
    tables = refused.query.tables
    renamed = next((table for table in tables if qualifier[-1] == table.table.name != table.alias), None)
    if renamed:
        return f"`{{}}` is called `{renamed.written}` in this query", f"write `{renamed.written}.{column}`"
    if any(qualifier[-1] == table.alias for table in tables):
        return "`{}` cannot be used in this part of the query", "join it in the part of the query that uses it"
    aliases = tuple(dict.fromkeys((*(table.written for table in tables), *refused.query.ctes)))
    near = nearest(qualifier[-1], aliases)
    if near is None and len(aliases) == 1:
        near = aliases[0]
    return "`{}` is no table of this query", f"write `{near}.{column}`" if near else _reads(tables)


def _reads(tables: Sequence[FromTable]) -> str:
    names = (
        table.full_name if table.alias == table.table.name else f"{table.full_name} {table.written}" for table in tables
    )
    found = listed(tuple(dict.fromkeys(names)))
    return f"the query reads {found}" if found else ""


def _written(*parts: str) -> str:
    return ".".join(map(as_written, parts))


def as_written(name: str) -> str:
    """A name as SQL must spell it: in quotes where small letters, digits and `_` are not all."""
    plain = name.isidentifier() and name == name.lower()
    return name if plain else in_double_quotes(name)
