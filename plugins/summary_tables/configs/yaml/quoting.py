"""A text as YAML reads it back, in quotes."""


def quoted(text: str) -> str:
    """`text`, one line without control characters, in double quotes where they need no escape, else in single ones."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
