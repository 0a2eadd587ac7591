"""dbt's templates, as far as they can be understood without running anything: a model's raw SQL -> SQL.

Jinja's own parser reads them, and what it read is walked through. What is not known here is said, not guessed. A
model that needs more is compiled by dbt.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from summary_tables.dbt.not_understood import NotUnderstood, NotUnderstoodError
from summary_tables.dbt.template_arguments import arguments
from summary_tables.dbt.template_calls import given_by_name, reached_in
from summary_tables.dbt.template_parser import TemplateError, parsed
from summary_tables.dbt.template_walk import ReturnError, Walk


def rendered(code: str, names: Mapping[str, Any], macro: Callable[[str], str | None]) -> str | NotUnderstood:
    """`code` with all its templates filled in, or the first of them that only dbt can fill in.

    `names` has what stands in templates: values, mappings, and functions, which raise `Refused`. `macro` gives the text
    of a macro by the name by which a template calls it.
    """
    return _known(lambda: Walk(names=dict(names), macro=macro).text(parsed(code)))


def arguments_of(
    called: str, code: str, names: Mapping[str, Any], macro: Callable[[str], str | None]
) -> Mapping[str, Any]:
    """What the calls of `called` that `code` reaches are given by name, the last one of a name; the rest as above.

    A value that only dbt knows is `NotUnderstood`. Where `code` is no template, each call is looked at alone.
    """
    body = reached_in(code)
    if body is not None:
        walk = Walk(names=dict(names), macro=macro)
        return given_by_name(called, body, walk.names, lambda node: _known(partial(walk.value, node)))
    found: dict[str, Any] = {}
    for key, value in arguments(called, code):
        walk = Walk(names=dict(names), macro=macro)
        found[key] = _known(partial(walk.value, value))
    return found


T = TypeVar("T")


def _known(read: Callable[[], T]) -> T | NotUnderstood:
    try:
        return read()
    except TemplateError as error:
        return NotUnderstood(what=f"a template ({error})", line=getattr(error, "lineno", None) or 1)
    except NotUnderstoodError as error:
        return error.reason
    except ReturnError:
        return NotUnderstood(what="`return(...)` outside a macro", line=1)
    except RecursionError:
        return NotUnderstood(what="a template that is nested too deep", line=1)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        # What people wrote does things with values that these do not know.
        return NotUnderstood(what="a template", line=1)
