"""`catalog.json` is what the embedded server says of its own functions, operators and types.

`UPDATE_GOLDEN=1 pytest tests/warehouse/postgres/test_catalog.py` writes it anew.
"""

import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import psycopg

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.sql.dialects.postgres import catalog

FILE = Path(catalog.__file__).with_name("catalog.json")

# Functions that only the server itself calls take or give `internal` and the like.
_FUNCTIONS = """
SELECT p.proname, array(SELECT t.typname::text FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, place)
    JOIN pg_type t ON t.oid = a.type ORDER BY a.place), r.typname, p.pronargdefaults,
    COALESCE((SELECT t.typname::text FROM pg_type t WHERE t.oid = p.provariadic), ''), p.prokind::text
FROM pg_proc p JOIN pg_type r ON r.oid = p.prorettype
WHERE p.pronamespace = 'pg_catalog'::regnamespace AND NOT EXISTS (
    SELECT FROM unnest(array_append(p.proargtypes::oid[], p.prorettype)) AS a (type) JOIN pg_type t ON t.oid = a.type
    WHERE t.typname IN ('internal', 'cstring', 'trigger', 'event_trigger', 'language_handler', 'fdw_handler',
        'index_am_handler', 'tsm_handler', 'table_am_handler', 'pg_ddl_command'))
ORDER BY 1, p.pronargs, p.oid
"""
_OPERATORS = """
SELECT o.oprname, l.typname, r.typname, t.typname
FROM pg_operator o JOIN pg_type l ON l.oid = o.oprleft JOIN pg_type r ON r.oid = o.oprright
JOIN pg_type t ON t.oid = o.oprresult WHERE o.oprnamespace = 'pg_catalog'::regnamespace ORDER BY 1, o.oid
"""
_TYPES = """
SELECT typname, format_type(oid, NULL), typcategory::text, typispreferred FROM pg_type
WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typname !~ '^_?pg_' ORDER BY 1
"""
_CASTS = """
SELECT s.typname, t.typname FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
WHERE c.castcontext = 'i' ORDER BY 1, 2
"""


def asked(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"functions": defaultdict(list), "operators": defaultdict(list), "casts": defaultdict(list)}
    for name, takes, gives, *rest in connection.execute(_FUNCTIONS):
        while rest and rest[-1] in (0, "", "f"):
            rest.pop()
        found["functions"][name].append([takes, gives, *rest])
    for name, left, right, gives in connection.execute(_OPERATORS):
        found["operators"][name].append([left, right, gives])
    for source, target in connection.execute(_CASTS):
        found["casts"][source].append(target)
    found["types"] = {name: list(rest) for name, *rest in connection.execute(_TYPES)}
    return found


def test_file_is_what_the_server_says(server: EmbeddedPostgres) -> None:
    with server.connect() as connection:
        parts = [(key, sorted(value.items())) for key, value in asked(connection).items()]
    lines = (f'"{key}": {{\n{_lines(items)}\n}}' for key, items in parts)
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    assert json.loads(text)
    if os.environ.get("UPDATE_GOLDEN"):
        FILE.write_text(text, "utf-8")
    assert FILE.read_text("utf-8") == text


def _lines(items: list[tuple[str, Any]]) -> str:
    return ",\n".join(f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in items)
