"""dbt's templates, read by Jinja's own parser; nothing of them is run. All else knows Jinja's `nodes` from here."""

import re
from typing import Final

from jinja2 import Environment
from jinja2 import TemplateError as TemplateError
from jinja2 import nodes as nodes

_ENVIRONMENT: Final = Environment(extensions=["jinja2.ext.do"])
_TEST_TAG: Final = re.compile(r"\{%(?P<dash>-?)\s*(?P<end>end)?test\b\s*(?P<name>\w*)")


def parsed(code: str) -> list[nodes.Node]:
    """The parts of a template. Raises Jinja's `TemplateError` for what is none."""
    return _template(code).body


def calls(code: str) -> list[nodes.Call]:
    """Those of a template, wherever they stand in it. Raises Jinja's `TemplateError` for what is none."""
    return list(_template(code).find_all(nodes.Call))


def parsed_macro(code: str) -> nodes.Macro | None:
    """The first macro, or generic test, of a text; None: it has none. Raises Jinja's `TemplateError`."""
    return next(iter(_template(_TEST_TAG.sub(_as_macro, code)).find_all(nodes.Macro)), None)


def _template(code: str) -> nodes.Template:
    try:
        return _ENVIRONMENT.parse(code)
    except ValueError as error:
        raise TemplateError("a number of more digits than anybody reads") from error


def _as_macro(tag: re.Match[str]) -> str:
    """A generic test is a macro with a tag of its own."""
    return f"{{%{tag['dash']} endmacro" if tag["end"] else f"{{%{tag['dash']} macro test_{tag['name']}"
