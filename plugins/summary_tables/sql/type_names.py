"""Types as people call them, from the full names of standard SQL that catalogs have."""

import re

_SHORT = (
    (re.compile(r"\Acharacter varying"), "varchar"),
    (re.compile(r"\Acharacter"), "char"),
    (re.compile(r"\A(timestamp|time)(\(\d\))? without time zone"), r"\1\2"),
    (re.compile(r"\A(timestamp|time)(\(\d\))? with time zone"), r"\1tz\2"),
    (re.compile(r"\Aunknown\Z"), "a text in quotes"),
    (re.compile(r'\A"any"\Z'), "anything"),
)


def short(name: str) -> str:
    """`varchar(5)` for `character varying(5)`, `timestamptz` for `timestamp with time zone`."""
    for pattern, words in _SHORT:
        name = pattern.sub(words, name)
    return name
