"""Signs between two values: what they make, and why they make nothing."""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from summary_tables.sql.templates import functions, moments
from summary_tables.sql.templates.error import TemplateError, quote, template_error
from summary_tables.sql.templates.functions import kind_in_words
from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.nodes import Attribute, Binary, Call, Name

_SIGNS: Mapping[str, Callable[[Any, Any], object]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SUMS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def combined(sign: str, left: object, right: object) -> object:
    """What `+`, `*` and their like make of two values; None where they mean nothing between them."""
    if type(left) in (int, float) and type(right) in (int, float):
        return _SUMS[sign](left, right)  # type: ignore[arg-type]  # both are numbers
    if sign == "+" and isinstance(left, str | list) and type(left) is type(right):
        return left + right  # type: ignore[operator]  # two texts, or two lists
    if sign == "*" and isinstance(left, timedelta) and type(right) is int:
        return left * right
    return _later(left, right, sign) if sign in ("+", "-") else None


def compares(sign: str, left: object, right: object) -> bool:
    """Whether a comparison holds. Raises TypeError where the two cannot be compared."""
    if sign in ("in", "not in"):
        return functions.contains(right, left) == (sign == "in")
    if isinstance(left, list) and isinstance(right, list):
        raise TypeError  # see `contains`
    return bool(_SIGNS[sign](moments.comparable(left), moments.comparable(right)))


def nothing_made(sql: str, node: Binary, left: object, right: object) -> TemplateError:
    """`node`, in `sql`, means nothing between the two values."""
    is_name = isinstance(node.left, Name) and node.left.name in DATE_NAMES
    if node.sign in ("+", "-") and isinstance(right, int) and (isinstance(left, date) or is_name):
        return _no_days(sql, node, left, right)
    signs = f"`{node.sign}` means nothing between {kind_in_words(left)} and {kind_in_words(right)}"
    return template_error(node.start, node.end, signs)


def _no_days(sql: str, node: Binary, left: object, days: int) -> TemplateError:
    """`ds - 7` and `data_interval_start - 7`."""
    written = quote(sql, node.left.start, node.left.end)
    method = f"{'subtract' if node.sign == '-' else 'add'}(days={days})"
    if isinstance(left, date):
        done = "subtracted from" if node.sign == "-" else "added to"
        message = f"`{written}` is {kind_in_words(left)}; the number {days} cannot be {done} it"
        owner = written if isinstance(node.left, Name | Attribute | Call) else f"({written})"
        return template_error(node.start, node.end, message, f"write `{owner}.{method}` if days are meant")
    fix = f"write `logical_date.{method} | {written}` if days are meant"
    if written == "ds":
        moved = days if node.sign == "+" else -days
        fix = f"write `macros.ds_add(ds, {moved})` for {abs(days)} days {'later' if moved > 0 else 'before'}"
    return template_error(node.start, node.end, f"`{written}` is a text; no days can be added to it", fix)


def _later(left: object, right: object, sign: str) -> object:
    """A moment and a span of time, or two of a kind; None for all else."""
    if isinstance(right, timedelta) and isinstance(left, timedelta):
        return left + right if sign == "+" else left - right
    if isinstance(right, timedelta) and isinstance(left, date):
        return moments.moved(left, right if sign == "+" else -right)
    if isinstance(left, timedelta) and isinstance(right, date) and sign == "+":
        return moments.moved(right, left)
    if isinstance(left, date) and isinstance(right, date) and sign == "-" and type(left) is type(right):
        return moments.difference(left, right) if _have_zones(left) == _have_zones(right) else None
    return None


def _have_zones(moment: date) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None
