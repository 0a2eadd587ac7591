"""A text as YAML reads it back, in quotes."""

from summary_tables.text.quoting import in_single_quotes


def quoted(text: str) -> str:
    """`text`, one line without control characters, in double quotes where they need no escape, else in single ones."""
    if '"' in text or "\\" in text:
        return in_single_quotes(text)
    return f'"{text}"'
