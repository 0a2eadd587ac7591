"""What a check that names a kind asks of the warehouse: whether its tables, its columns and their types are there."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from summary_tables.lint.dry_run.check_questions import named_tables, question, questions
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import FRESH_TABLE, Refusal
from summary_tables.lint.dry_run.render import rendered
from summary_tables.lint.dry_run.server import Server
from summary_tables.lint.facts.named_checks import AwaitedTable, PlacedCheck
from summary_tables.model.column import Column
from summary_tables.model.placeholders import fill_earlier_builds, fill_live_table
from summary_tables.model.problem import Finding, Span
from summary_tables.sql.type_names import short
from summary_tables.warehouse.live_column import no_live_column

RULE = "warehouse-check"

Describe = Callable[[str], tuple[Column, ...] | Refusal]
"""What the warehouse says of a statement of our own."""

Ask = Callable[[AskedQuery], tuple[tuple[Column, ...], list[Finding[Span]]]]
"""The columns that the warehouse gives for a query, and what is wrong with it."""


def mistakes(
    found: PlacedCheck,
    fresh: tuple[Column, ...],
    day: datetime,
    server: Server,
    ask: Ask,
    describe: Describe,
) -> Iterator[tuple[AskedQuery, Finding[Span]]]:
    """What is wrong with it, each with the question whose place in the file it has. One mistake hides the others."""
    columns: dict[str, Column] = {}
    is_wrong = False
    for named in named_tables(found):
        for asked in questions(found, named, fresh):
            answer, wrong = ask(asked)
            yield from ((asked, mistake) for mistake in wrong)
            is_wrong = is_wrong or bool(wrong)
            if wrong and asked.source.path == named.path:
                break
            columns.update((column.name, column) for column in answer)
    if not is_wrong:
        yield from _types(found, columns, fresh, day, server, describe)


def _types(
    found: PlacedCheck,
    columns: dict[str, Column],
    fresh: tuple[Column, ...],
    day: datetime,
    server: Server,
    describe: Describe,
) -> Iterator[tuple[AskedQuery, Finding[Span]]]:
    """Whether the check's own statement can be asked of columns of these types."""
    table = found.file.config.table
    source = fill_earlier_builds(found.check.sql, server.session.sql.builds.no_earlier_builds())
    if found.check.columns:
        source = fill_live_table(source, no_live_column(found.check.columns[0]))
    sql = rendered(source, table, fresh_table=FRESH_TABLE, day=day, dialect=found.file.dialect).text
    refusal = describe(sql)
    kinds = {name: short(columns[name].type) for name in found.check.columns if name in columns}
    is_wrong = not found.check.WRONG_TYPES.isdisjoint(kind.partition("(")[0] for kind in kinds.values())
    if isinstance(refusal, Refusal) or is_wrong:
        path, name = found.paths_of_columns()[0] if kinds else (found.path, "")
        sqlstate = refusal.sqlstate if isinstance(refusal, Refusal) else ""
        wrong = _no_moment(kinds) if isinstance(found, AwaitedTable) else _mistake(found.check.KEY, sqlstate, kinds)
        yield question(found, path, name, sql, fresh), wrong


def _no_moment(types: Mapping[str, str]) -> Finding[Span]:
    names = " and ".join(f"`{name}`: its type is {kind}" for name, kind in types.items()) or "the table"
    message = f"`after` cannot tell when a row came by {names}"
    return Finding(place=Span(0), rule=RULE, message=message, fix="name a column with dates or times")


def _mistake(kind: str, sqlstate: str, types: Mapping[str, str]) -> Finding[Span]:
    names = " and ".join(f"`{name}`" for name in types) or "the table"
    their = (
        f": {'its type is' if len(types) == 1 else 'their types are'} {' and '.join(types.values())}" if types else ""
    )
    if sqlstate.startswith("22"):
        return Finding(
            place=Span(0),
            rule=RULE,
            message=f"`{kind}` has a value that {names} cannot have{their}",
            fix="write values of that type",
        )
    fix = "name another column, or ask with a query (`sql`)"
    return Finding(place=Span(0), rule=RULE, message=f"`{kind}` cannot be asked of {names}{their}", fix=fix)
