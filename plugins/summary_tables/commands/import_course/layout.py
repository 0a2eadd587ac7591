"""Physical layout as Redshift's SQL and the course's dicts spell it -> the values of `attributes:`."""

import re

KEYS = frozenset({"diststyle", "distkey", "sortstyle", "sortkey"})

_CLAUSE = re.compile(
    r"\s*(?:DISTSTYLE\s+(?P<diststyle>AUTO|EVEN|KEY|ALL)\b"
    r"|DISTKEY\s*\(\s*(?P<distkey>\w+)\s*\)"
    r"|(?:(?P<sortstyle>COMPOUND|INTERLEAVED)\s+)?SORTKEY\s*\((?P<sortkey>[\w\s,]+)\))\s*",
    re.IGNORECASE,
)


def read(key: str, value: object) -> dict[str, object] | None:
    """The layout that `key: value` says, `attributes` being SQL; None where it is more than a config can say."""
    if key == "attributes":
        return _from_sql(value) if isinstance(value, str) else None
    if key == "sortkey":
        return {key: _columns(value) if isinstance(value, str) else value}
    return {key: value.lower() if isinstance(value, str) and key != "distkey" else value}


def _from_sql(sql: str) -> dict[str, object] | None:
    found: dict[str, object] = {}
    position = 0
    while position < len(sql):
        clause = _CLAUSE.match(sql, position)
        if clause is None:
            return None
        position = clause.end()
        found |= {name: text.lower() for name, text in clause.groupdict().items() if text and name != "sortkey"}
        if clause["sortkey"]:
            found["sortkey"] = _columns(clause["sortkey"].lower())
    return found


def _columns(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
