"""Files of other tools: one message says so, instead of one for each key."""

import re

from summary_tables.configs.yaml.places import place_at
from summary_tables.model.problem import Finding, Place

_OWN_KEY = re.compile(r"^(?:main_sql|table|schema)[ \t]*:", re.MULTILINE)
_START = r"\A(?:[ \t]*(?:#.*)?\n|---[ \t]*\n)*"
_KINDS = (
    (
        re.compile(rf"{_START}(?P<sign>\{{\{{-? *config *\()"),
        "this is a model of dbt",
        "write the config's keys, and its SQL below `main_sql: |`, with the tables' names instead of `ref`",
    ),
    (
        re.compile(
            rf"{_START}(?P<sign>version *: *['\"]?2['\"]?)[ \t]*\n(?:.*\n)*?(?:models|sources|seeds|snapshots) *:"
        ),
        "this is a properties file of dbt, not a config",
        "write `table:`, `schema:` and `main_sql: |`; tests become checks",
    ),
    (
        re.compile(rf"{_START}(?P<sign>\[[\w.]+\])[ \t]*\n(?:[ \t]*(?:#.*)?\n)*\w+ *="),
        "this is TOML, not YAML",
        "write `key: value` lines, without the line in brackets",
    ),
    (
        re.compile(rf"{_START}(?P<sign>\w+ *=(?!=)) *[\"'\[0-9]"),
        "this is TOML, not YAML",
        "write `key: value` lines, with a colon for the =",
    ),
    (
        re.compile(rf"{_START}[ \t]*(?P<sign>\"\w+\") *: *(?:\".*\"|\[.*\]),[ \t]*\n"),
        "this is JSON without its braces",
        "write `key: value` lines, without the quotes around the key and the comma at the end",
    ),
)


def finding(text: str) -> Finding[Place] | None:
    """What the file is, where its first line tells."""
    if _OWN_KEY.search(text):
        return None
    for pattern, message, fix in _KINDS:
        if found := pattern.match(text):
            place = place_at(text, found.start("sign"))._replace(length=len(found["sign"]))
            return Finding(place=place, rule="yaml", message=message, fix=fix)
    return None
