"""What a version of a table is called in the warehouse, and which lock guards a table."""

import hashlib
import re
from datetime import UTC, datetime

from summary_tables.model.build import BuildRun

MAX_BYTES = 63
"""PostgreSQL cuts longer names silently (NAMEDATALEN - 1); Redshift takes 127 bytes."""

_HASH_DIGITS = 12


def version_name(schema: str, table: str, run: BuildRun, started_at: datetime) -> str:
    """`<table>__<yyyymmddThhmmss>_<hash>`, at most 63 bytes of UTF-8; a long table name is cut.

    The time is `started_at` in UTC. The hash covers schema, table, run, try and the microsecond of the start, so that
    two tries, two runs and two tables never meet, whatever was cut.
    """
    parts = (schema, table, run.run_id, str(run.try_number), started_at.astimezone(UTC).isoformat())
    suffix = f"__{started_at.astimezone(UTC):%Y%m%dT%H%M%S}_{_digest(*parts).hex()[:_HASH_DIGITS]}"
    return _cut(table, MAX_BYTES - len(suffix)) + suffix


def source_name(version: str) -> str:
    """What the view is called that holds the query of a version while it is filled."""
    return f"source__{_digest(version).hex()[: 2 * _HASH_DIGITS]}"


def copy_name(version: str) -> str:
    """What the copy of a version is called until it takes the version's place."""
    return f"wider__{_digest(version).hex()[: 2 * _HASH_DIGITS]}"


def looks_like_version(name: str) -> bool:
    """Could `version_name` have given it?"""
    return re.search(rf"__\d{{8}}T\d{{6}}_[0-9a-f]{{{_HASH_DIGITS}}}\Z", name) is not None


def lock_key(*names: str) -> int:
    """The key of an advisory lock: a signed 64-bit number that depends on nothing but `names`."""
    return int.from_bytes(_digest(*names)[:8], "big", signed=True)


def _digest(*parts: str) -> bytes:
    # Each part is preceded by its length: ("a", "bc") and ("ab", "c") differ.
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).digest()


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
