"""Which columns the published view has, and whether a new build fits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.build import Build
from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialect import TypeRules
from summary_tables.sql.type_names import short
from summary_tables.text.english import plural
from summary_tables.text.moments import due_text, moment_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Widening:
    """A column that gets a type which holds all that its type held, and more.

    `gets_fractions`: dividing it gives another result then.
    """

    name: str
    before: str
    after: str
    gets_fractions: bool = False

    def __str__(self) -> str:
        return f'"{self.name}" from {short(self.before)} to {short(self.after)}'


def live_order(live: tuple[Column, ...], built: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns of the view: the live ones in their order, then the new ones in theirs."""
    names = {column.name for column in live}
    return tuple(c.name for c in live) + tuple(c.name for c in built if c.name not in names)


def misfit(rules: TypeRules, table: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    """What readers of `table` would miss in the new build, in plain sentences; empty if nothing."""
    words = _misfit(rules, "The new build does", table, live, built)
    return words and (
        f"{words} To change them for good, use a new table name, "
        f"or drop {table} in the warehouse once nobody reads it and run again."
    )


def increment_misfit(rules: TypeRules, table: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    """Why the rows of a run cannot be added to `table`, in plain sentences; empty if they can."""
    words = _misfit(rules, "The rows of this run do", table, live, built)
    return words and (
        f"{words} To change them for good, use a new table name, or drop {table} in the warehouse once nobody reads it "
        'and start a run with {"full_refresh": true}.'
    )


def stale_increment(
    table: SummaryTable, live: tuple[Column, ...], built: tuple[Column, ...], began: datetime, newer: Sequence[Build]
) -> str:
    """Why the rows of a run that began at `began` lack columns that `newer` builds brought; empty if it is not so."""
    names = {column.name for column in built}
    lacking = {column.name for column in live} - names
    bringing = next((build for build in reversed(newer) if lacking & set(build.columns)), None)
    if bringing is None:
        return ""
    missing = ", ".join(f'"{column.name}"' for column in live if column.name in lacking)
    what = plural(len(lacking), "column")
    return (
        f"The rows of this run were built at {moment_text(table.timezone, began)}, without the {what} {missing}, which "
        f"came into {table.full_name} after that, with the run of {due_text(table.timezone, bringing.run_at)}. "
        "Nothing was changed. "
        "Clear `create` of this run in Airflow to build them with the query of now."
    )


def widened(rules: TypeRules, live: tuple[Column, ...], built: tuple[Column, ...]) -> tuple[Widening, ...]:
    """The columns that have a wider type in a build than in what stands."""
    types = {column.name: column.type for column in built}
    return tuple(
        Widening(
            name=column.name,
            before=column.type,
            after=after,
            gets_fractions=rules.gets_fractions(after, column.type),
        )
        for column in live
        if (after := types.get(column.name)) and rules.holds(after, column.type) and not rules.holds(column.type, after)
    )


def to_widen(rules: TypeRules, columns: tuple[Column, ...], added: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns, with the wider types that they need to take the rows of `added`."""
    types = {each.name: each.after for each in widened(rules, columns, added)}
    return tuple(Column(name=column.name, type=types[column.name]) for column in columns if column.name in types)


def with_types(columns: tuple[Column, ...], retyped: tuple[Column, ...]) -> tuple[Column, ...]:
    """`columns`, those that are among `retyped` with their types there."""
    by_name = {column.name: column for column in retyped}
    return tuple(by_name.get(column.name, column) for column in columns)


def kept_types(rules: TypeRules, live: tuple[Column, ...], built: tuple[Column, ...]) -> dict[str, str]:
    """The types that columns keep for their readers though a build gives narrower ones, as a CAST takes them."""
    types = {column.name: column.type for column in built}
    return {
        column.name: rules.as_cast(column.type)
        for column in live
        if (narrower := types.get(column.name)) and narrower != column.type and rules.holds(column.type, narrower)
    }


def divided_words(widenings: Sequence[Widening]) -> str:
    """A sentence where whole numbers get fractions; empty if none do."""
    numbers = [f'"{each.name}"' for each in widenings if each.gets_fractions]
    if not numbers:
        return ""
    return f"Where a query divides {', '.join(numbers)}, the result is no longer cut to a whole number."


def lost_columns(rules: TypeRules, live: tuple[Column, ...], built: tuple[Column, ...]) -> tuple[str, ...]:
    """What readers of the live columns would miss in those of a build, in words; empty if nothing."""
    types = {column.name: column.type for column in built}
    return tuple(change for column in live if (change := _change(rules, column, types.get(column.name))))


def _misfit(rules: TypeRules, what_does: str, table: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    changes = lost_columns(rules, live, built)
    if not changes:
        return ""
    remedy = _remedy(rules, live, built)
    return f"{what_does} not fit the columns of {table}: {'; '.join(changes)}.{_new(live, built)} {remedy}"


def _remedy(rules: TypeRules, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    """Never a CAST: what is here neither fits the type that readers have, nor does that fit it."""
    names = {column.name for column in built}
    missing = sum(column.name not in names for column in live)
    sentences = []
    if missing:
        column, name, kind = (plural(missing, one) for one in ("column", "name", "type"))
        sentences.append(f"Give the query the missing {column} again, under the same {name} and with the same {kind}.")
    if len(lost_columns(rules, live, built)) > missing:
        sentences.append(
            "Values are never cast to a type that does not hold all of them: correct the query if the change of type "
            "was a mistake."
        )
    return " ".join(sentences)


def _change(rules: TypeRules, column: Column, built_type: str | None) -> str:
    if built_type is None:
        return f'column "{column.name}" ({column.type}) is missing'
    if built_type != column.type and not (rules.holds(built_type, column.type) or rules.holds(column.type, built_type)):
        return f'column "{column.name}" was {column.type} and is now {built_type}'
    return ""


def _new(live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    names = {column.name for column in live}
    new = [f'"{column.name}" ({column.type})' for column in built if column.name not in names]
    return f" New in it: {', '.join(new)}." if new else ""
