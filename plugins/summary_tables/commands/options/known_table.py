"""The table that somebody named -> the one that the build log knows."""

from collections.abc import Sequence

from summary_tables.commands.usage_error import UsageError
from summary_tables.model.table import SummaryTable
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest

_SHOWN = 10


def known_table(given: str, known: Sequence[tuple[str, str]]) -> SummaryTable:
    """The table called `given`, with or without its schema; only its name is filled in.

    Raises UsageError if the log knows none of that name, or several.
    """
    found = [(schema, table) for schema, table in known if given in (table, f"{schema}.{table}")]
    if len(found) == 1:
        schema, table = found[0]
        return SummaryTable(table=table, schema=schema, main_sql="")
    names = [f"{schema}.{table}" for schema, table in found or known]
    if found:
        raise UsageError(f"{given} stands in several schemas; write {' or '.join(names)}")
    if not known:
        raise UsageError("nothing has ever been built in this warehouse: it has no build log")
    raise UsageError(f"no table `{given}` has ever been built in this warehouse; {_advice(given, known, names)}")


def _advice(given: str, known: Sequence[tuple[str, str]], names: Sequence[str]) -> str:
    spelling = nearest(given, names) or _full_name(nearest(given, [table for _, table in known]), known)
    if spelling:
        return f"write `{spelling}`"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"it knows {', '.join(names[:_SHOWN])}{more}" if more else f"it knows {quoted(names)}"


def _full_name(table: str | None, known: Sequence[tuple[str, str]]) -> str | None:
    return next((f"{schema}.{name}" for schema, name in known if name == table), None)
