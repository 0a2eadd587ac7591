"""What stands in quotes comes back as it was."""

from hypothesis import given

from summary_tables.text.quoting import in_double_quotes, in_single_quotes, without_double_quotes
from tests.text.any_text import ANY_TEXT


def test_a_quote_is_written_twice() -> None:
    assert in_single_quotes('it\'s "x"') == "'it''s \"x\"'"
    assert in_double_quotes('it\'s "x"') == '"it\'s ""x"""'


@given(ANY_TEXT)
def test_what_is_quoted_comes_back(text: str) -> None:
    assert without_double_quotes(in_double_quotes(text)) == text
