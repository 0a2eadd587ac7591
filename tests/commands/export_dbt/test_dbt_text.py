"""Texts that dbt would take for templates, in its files and back."""

import pytest
from jinja2 import Environment

from summary_tables.commands.export_dbt.dbt_text import as_it_is
from summary_tables.commands.import_dbt.exported import without_raw


@pytest.mark.parametrize(
    "text",
    [
        "no template",
        "{{ name }} and {% if x %} and {# note #}",
        "{% raw %}{{ name }}{% endraw %} behind it",
        '{%- endraw -%}{%endraw%} it\'s "quoted" {% raw %}',
    ],
)
def test_a_text_is_what_it_was(text: str) -> None:
    """As Jinja fills it in, and as the import takes it out of what is not filled in."""
    written = as_it_is(text)
    assert Environment(autoescape=True).from_string(written).render() == text
    assert without_raw(written) == text
