"""42703 and 42702: a column that no table of the query has, or more than one."""

import re
from dataclasses import dataclass

from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.answers.missing_table import as_written
from summary_tables.lint.dry_run.answers.wrong_function import is_foreign, unknown_function
from summary_tables.lint.dry_run.mistake import Refused, listed, mistake_at
from summary_tables.lint.dry_run.query import FromTable, WrittenName
from summary_tables.lint.dry_run.refusal import STAND_IN
from summary_tables.model.problem import Finding, Span
from summary_tables.sql.folded_name import folded
from summary_tables.sql.parsers.clauses import as_operand
from summary_tables.sql.query import OutputColumn
from summary_tables.text.quoting import in_single_quotes
from summary_tables.text.spelling import nearest

RULE = "warehouse-column"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A table that may have the column, and the columns that it has."""

    table: FromTable
    columns: tuple[str, ...]


def missing(refused: Refused) -> Finding[Span]:
    """Which column is missing from what, and which one was probably meant."""
    name = refused.query.name_at(refused.offset)
    if name is None or refused.refusal.offset is None:
        return _of_using(refused)
    if (call := refused.query.called_with(name.offset)) and is_foreign(refused, call):
        return unknown_function(refused, call)
    if builder := _changes_with_this_folder(refused, name):
        message = (
            f"`{builder.full_name}` has no column `{name.parts[-1]}` in the warehouse yet, so this query was not "
            f"tried: {builder.name} will add it"
        )
        return mistake_at(name, RULE, message, level="info")
    message, fix = _missing_words(refused, name)
    return mistake_at(name, RULE, message, fix)


_USING = re.compile(r'column "(?P<name>.+)" specified in USING clause does not exist in (?P<side>left|right) table')


def _of_using(refused: Refused) -> Finding[Span]:
    """The server names no place of what stands in USING."""
    message = refused.refusal.message
    found = _USING.fullmatch(message)
    tokens = refused.query.tokens
    using = next((place for place, token in enumerate(tokens) if token.key == "USING"), None)
    if not found or using is None:
        return Finding(rule=RULE, message=f"{refused.warehouse} says: {message}", place=Span(refused.offset))
    place = next(
        (token for token in tokens[using:] if folded(token.key).lower() == found["name"].lower()), tokens[using]
    )
    words = f"the table on the {found['side']} of this JOIN has no column `{found['name']}`, which USING names"
    return Finding(
        rule=RULE, message=words, fix="write `ON ... = ...`", place=Span(place.start, place.end - place.start)
    )


def ambiguous(refused: Refused) -> Finding[Span]:
    """Which tables have the column."""
    name = refused.query.name_at(refused.offset)
    if name is None:
        return Finding(rule=RULE, message=refused.refusal.message, place=Span(refused.offset))
    column = name.parts[-1]
    having = [source.table for source in _sources(refused, name) if column in source.columns]
    places = " and ".join(f"`{table.full_name}`" for table in having[:2])
    choices = " or ".join(f"`{table.written}.{name.text}`" for table in having[:2])
    message = (
        f"`{name.text}` is a column of both {places}" if len(having) > 1 else f"`{name.text}` has several meanings"
    )
    fix = f"write {choices}" if len(having) > 1 else f"write the table before it: `table.{name.text}`"
    return mistake_at(name, RULE, message, fix)


def only_table(refused: Refused) -> FromTable | None:
    """The one table in which the column is looked for; None where there are several, or none."""
    name = refused.query.name_at(refused.offset)
    found = _sources(refused, name) if name else ()
    return found[0].table if len(found) == 1 else None


def _missing_words(refused: Refused, name: WrittenName) -> tuple[str, str]:
    column = name.parts[-1]
    sources = _sources(refused, name)
    names = tuple(dict.fromkeys(column for source in sources for column in source.columns))
    near = nearest(column, names)
    if near == column and len(sources) > 1:
        return f"`{name.text}` cannot be used in this part of the query", ""
    if len(name.parts) == 1 and (given := _given_by_select(refused, name)):
        return _alias_words(refused, name, given)
    if near is None and _is_text(refused, name):
        message = f"`{name.text}` in double quotes is a name, and there is no column of that name"
        return message, f"a text stands in single quotes: write {in_single_quotes(column)}"
    message = f"{_owner(sources, name)} `{column}`"
    if near:
        return message, f"write `{name.qualifier}{as_written(near)}`"
    return message, f"the columns are {listed(tuple(map(as_written, names)))}" if names and len(sources) == 1 else ""


def _is_text(refused: Refused, name: WrittenName) -> bool:
    """A text in double quotes: it is compared with something."""
    before, call = refused.query.before(name.offset), refused.query.called_with(name.offset)
    compared = before in _COMPARED or (call is not None and call.parts == ("in",))
    return name.text.startswith('"') and len(name.parts) == 1 and compared


_COMPARED = ("=", "<>", "!=", "<", ">", "<=", ">=", "LIKE", "ILIKE", "THEN", "ELSE")


def _given_by_select(refused: Refused, name: WrittenName) -> OutputColumn | None:
    """What SELECT gives this name to, where that has another one."""
    column = name.parts[-1]
    columns = refused.query.parsed.columns if refused.query.parsed else ()
    return next(
        (
            found
            for found in columns
            if found.has_alias and found.name == column and folded(found.text.rpartition(".")[2].strip()) != column
        ),
        None,
    )


_AGGREGATE = re.compile(r"(?:count|sum|min|max|avg)\s*\(", re.IGNORECASE)


def _alias_words(refused: Refused, name: WrittenName, given: OutputColumn) -> tuple[str, str]:
    """WHERE and HAVING are asked before SELECT gives its names."""
    message = f"`{name.text}` is a name that SELECT gives; it cannot be used in this place"
    text, clause = as_operand(given.text), refused.query.clause_of(name.offset)
    is_aggregate = _AGGREGATE.search(text) is not None
    if len(text) <= _LONGEST_EXPRESSION and (clause == "HAVING" if is_aggregate else "OVER" not in text.upper()):
        return message, f"write `{text}`"
    return message, f"repeat what stands before `AS {name.text}`, or put the query into WITH and filter its result"


_LONGEST_EXPRESSION = 60


def _owner(sources: tuple[_Source, ...], name: WrittenName) -> str:
    if len(sources) != 1:
        owner = f"`{name.qualifier[:-1]}` has" if name.qualifier else "nothing that the query reads has"
        return f"{owner} no column" if name.qualifier else f"{owner} a column"
    table = sources[0].table
    if _is_fresh(table):
        return "`main_sql` gives no column"
    return f"`{table.full_name}` has no column"


def _sources(refused: Refused, name: WrittenName) -> tuple[_Source, ...]:
    """The tables that may be meant, once each; none where it is the result of a subquery."""
    wanted = [table for table in refused.query.tables if len(name.parts) == 1 or _is_called(table, name)]
    once = {(table.table.schema, table.table.name, table.alias): table for table in wanted}
    return tuple(_Source(table=table, columns=_columns(refused, table)) for table in once.values())


def _is_called(table: FromTable, name: WrittenName) -> bool:
    return table.alias == name.parts[-2]


def _columns(refused: Refused, table: FromTable) -> tuple[str, ...]:
    if _is_fresh(table):
        return tuple(column.name for column in refused.query.fresh)
    return refused.catalog.columns((table.table.schema, table.table.name))


def _is_fresh(table: FromTable) -> bool:
    return table.table.name == STAND_IN


def _changes_with_this_folder(refused: Refused, name: WrittenName) -> TableFile | None:
    """The file, if any, whose query gives this column to a table that stands in the warehouse without it."""
    for source in _sources(refused, name):
        builder = refused.folder.by_name.get(source.table.full_name)
        parsed = builder.main_query.parsed if builder else None
        columns = getattr(parsed, "columns", ())
        if any(column.name == name.parts[-1] for column in columns):
            return builder
    return None
