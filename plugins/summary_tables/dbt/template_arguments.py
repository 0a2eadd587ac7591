"""What calls in a template are given, as Jinja's nodes."""

from functools import lru_cache

from summary_tables.dbt.not_understood import spelt
from summary_tables.dbt.template_parser import TemplateError, calls, nodes


@lru_cache(maxsize=20_000)
def arguments(called: str, code: str) -> tuple[tuple[str, nodes.Expr], ...]:
    """By name, those of all calls of `called`, in order; none of a text that is no template.

    They are few in a long text, which is read once.
    """
    try:
        found = [call for call in calls(code) if spelt(call.node) == called]
    except (TemplateError, RecursionError):
        return ()
    pairs = (pair for call in found for each in call.args if isinstance(each, nodes.Dict) for pair in each.items)
    in_dicts = ((str(pair.key.value), pair.value) for pair in pairs if isinstance(pair.key, nodes.Const))
    return (*in_dicts, *((each.key, each.value) for call in found for each in call.kwargs))
