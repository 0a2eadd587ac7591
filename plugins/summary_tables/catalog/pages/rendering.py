"""Fills in the templates of this package: the only module that knows Jinja."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from summary_tables.catalog.pages.filters import FILTERS
from summary_tables.text.visible import visible_lines


def rendered(template: str, **values: object) -> str:
    """The HTML of `templates/<template>`; each text in `values` stays text."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("summary_tables.catalog.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    return environment


def _shown(value: object) -> object:
    """Of a text, also what nobody sees, such as characters that turn the direction of reading around."""
    return visible_lines(value) if isinstance(value, str) and not isinstance(value, Markup) else value
