"""Loads the sample data into a PostgreSQL, as often as one likes: each time the three tables hold exactly the sample.

    WAREHOUSE_URI=postgresql://loader:...@warehouse:5432/warehouse python -m demo.sample_data

The address may also be given as `--uri`, but then without its password, which belongs in PGPASSWORD: the arguments of
a program can be read by everyone on the machine.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict

from demo.sample_rows import ANSWERS, answers, sessions

SCHEMA = "raw_data"

USER_SESSION_CHANNEL: LiteralString = """
CREATE TABLE IF NOT EXISTS raw_data.user_session_channel (
    userid integer NOT NULL,
    sessionid varchar(32) PRIMARY KEY,
    channel varchar(32) NOT NULL
)"""

SESSION_TIMESTAMP: LiteralString = """
CREATE TABLE IF NOT EXISTS raw_data.session_timestamp (
    sessionid varchar(32) PRIMARY KEY,
    ts timestamp NOT NULL
)"""

NPS: LiteralString = """
CREATE TABLE IF NOT EXISTS raw_data.nps (
    id integer PRIMARY KEY,
    created_at varchar(19) NOT NULL,
    score smallint NOT NULL CHECK (score BETWEEN 0 AND 10)
)"""


def load(session: psycopg.Connection[Any], nps_rows: int = ANSWERS) -> dict[str, int]:
    """Replaces the three tables of `raw_data` in one transaction; of `nps` it loads the first `nps_rows` rows.

    Makes schema and tables that are missing. Returns the number of rows by table.
    """
    visits = sessions()
    with session.transaction():
        if not session.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA]).fetchone():
            session.execute("CREATE SCHEMA raw_data")
        for statement in (USER_SESSION_CHANNEL, SESSION_TIMESTAMP, NPS):
            session.execute(statement)
        session.execute("TRUNCATE raw_data.user_session_channel, raw_data.session_timestamp, raw_data.nps")
        starts = ((visit.sessionid, visit.ts) for visit in visits)
        return {
            "raw_data.user_session_channel": _copy(session, "user_session_channel", (visit[:3] for visit in visits)),
            "raw_data.session_timestamp": _copy(session, "session_timestamp", starts),
            "raw_data.nps": _copy(session, "nps", answers(nps_rows)),
        }


def copy_text(rows: Iterable[tuple[object, ...]]) -> str:
    """Rows in the text format of COPY. No value of the sample needs escaping."""
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


def _copy(session: psycopg.Connection[Any], table: LiteralString, rows: Iterable[tuple[object, ...]]) -> int:
    with session.cursor() as cursor:
        with cursor.copy("COPY raw_data." + table + " FROM STDIN") as copy:
            copy.write(copy_text(rows))
        session.execute("ANALYZE raw_data." + table)
        return cursor.rowcount


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; prints what was loaded and returns the exit code."""
    options = _parser().parse_args(arguments)
    uri = options.uri or os.environ.get("WAREHOUSE_URI", "")
    if problem := _uri_problem(uri, given=bool(options.uri)):
        print(problem, file=sys.stderr)
        return 2
    try:
        with psycopg.connect(uri) as session:
            loaded = load(session, options.nps_rows)
    except psycopg.Error as error:
        print(f"The sample data could not be loaded: {str(error).strip()}", file=sys.stderr)
        return 1
    print("\n".join(f"{table}: {rows:,} rows" for table, rows in loaded.items()))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo.sample_data", description="Load the sample data.")
    parser.add_argument("--uri", help="address without password; default: the environment variable WAREHOUSE_URI")
    parser.add_argument("--nps-rows", type=int, default=ANSWERS, metavar="N", help="load only the first N rows of nps")
    return parser


def _uri_problem(uri: str, *, given: bool) -> str:
    if not uri:
        return "Say where to load: set WAREHOUSE_URI, e.g. postgresql://user:password@host:5432/warehouse"
    try:
        parts = conninfo_to_dict(uri)
    except psycopg.ProgrammingError:
        return "The address is not one of PostgreSQL; expected e.g. postgresql://user@host:5432/warehouse"
    if given and "password" in parts:
        return "Do not give the password in --uri, everyone on this machine can see it: put it in PGPASSWORD"
    return ""


if __name__ == "__main__":
    sys.exit(main())
