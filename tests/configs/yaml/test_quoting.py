"""A text in quotes is the text."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.yaml.quoting import quoted


def test_double_quotes_where_they_need_no_escape() -> None:
    assert [quoted("it's"), quoted('say "hi"'), quoted("C:\\dir's")] == ['"it\'s"', "'say \"hi\"'", "'C:\\dir''s'"]


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_yaml_reads_it_back(text: str) -> None:
    assert yaml.safe_load(quoted(text)) == text
