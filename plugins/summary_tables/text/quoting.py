"""Text in quotes, in which the quote itself is written twice: so do YAML and SQL."""


def in_single_quotes(text: str) -> str:
    """`it's` -> `'it''s'`."""
    return "'" + text.replace("'", "''") + "'"


def in_double_quotes(text: str) -> str:
    """`a"b` -> `"a""b"`."""
    return '"' + text.replace('"', '""') + '"'


def without_double_quotes(text: str) -> str:
    """What stands in the double quotes around `text`."""
    return text[1:-1].replace('""', '"')
