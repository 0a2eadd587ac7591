"""The versions of a table for people and for programs."""

import json
from collections.abc import Sequence
from datetime import datetime

from summary_tables.model.build import MissingRuns, RollBack
from summary_tables.model.table import SummaryTable
from summary_tables.model.version import Version
from summary_tables.runs.missing_rows import hole_words, missing_words
from summary_tables.sql.query_grain import Span
from summary_tables.text.columns import plain_table
from summary_tables.text.moments import due_text, moment_text
from summary_tables.text.visible import escaped

_HEADS = ("run", "due", "built", "published", "rows", "")
_ROWS = 4


def versions_text(table: SummaryTable, versions: Sequence[Version]) -> str:
    """A table, newest first."""
    if not versions:
        return f"No version of {table.full_name} stands in the warehouse.\n"
    missing = "".join(f"\n{missing_words(table, v.missing)}\n" for v in versions if v.missing)
    holes = "".join(f"\n{hole_words(table, v.holes)}\n" for v in versions if v.holes)
    rows = [_row(table.timezone, version) for version in versions]
    return f"{table.full_name}\n\n{plain_table(_HEADS, rows, numbers=(_ROWS,))}{missing}{holes}"


def versions_json(table: SummaryTable, versions: Sequence[Version]) -> str:
    """Times in UTC, ISO 8601."""
    data = {"table": table.full_name, "versions": list(map(_item, versions))}
    return escaped(json.dumps(data, indent=2, ensure_ascii=False)) + "\n"


def _row(zone: str, version: Version) -> tuple[str, ...]:
    build = version.build
    if version.state == "before":
        return ("-", due_text(zone, build.run_at), "-", "-", "-", _state(zone, version))
    published = moment_text(zone, build.published_at) if build.published_at else "-"
    rows = f"{build.rows:,}"
    return (
        build.run_id,
        due_text(zone, build.run_at),
        moment_text(zone, version.built_at),
        published,
        rows,
        _state(zone, version),
    )


def _state(zone: str, version: Version) -> str:
    shown, added = _shown(zone, version), version.added.words(zone) if version.added else ""
    return f"{shown}; {added}" if shown and added else f"{added or shown}"


def _shown(zone: str, version: Version) -> str:
    roll_back = version.roll_back
    if version.state == "live":
        return f"live, rolled back to{_by(zone, roll_back)}" if roll_back else "live"
    if version.state == "rolled back":
        return f"rolled back from{_by(zone, roll_back)}"
    return {"not published": "never published", "before": "the plain table before", "added": "added"}.get(
        version.state, ""
    )


def _by(zone: str, roll_back: RollBack | None) -> str:
    return f" ({roll_back.role}, {moment_text(zone, roll_back.at)})" if roll_back else ""


def _item(version: Version) -> dict[str, object]:
    build = version.build
    return {
        "version": build.version,
        "run": build.run_id,
        "due": build.run_at.isoformat(),
        "built": version.built_at.isoformat(),
        "published": _iso(build.published_at),
        "rows": None if version.state == "before" else build.rows,
        "columns": list(build.columns),
        "live": version.state == "live",
        "state": version.state,
        "added": version.added and {"runs": version.added.runs, "last_due": version.added.last_due.isoformat()},
        "missing": version.missing and _missing(version.missing),
        "holes": list(map(_span, version.holes)),
        "rolled_back": version.roll_back and {"at": version.roll_back.at.isoformat(), "by": version.roll_back.role},
    }


def _missing(missing: MissingRuns) -> dict[str, object]:
    return {
        "spans": list(map(_span, missing.spans)),
        "runs_due": [_iso(moment) for moment in missing.moments],
    }


def _span(span: Span) -> dict[str, str | None]:
    return {"from": _iso(span[0]), "to": _iso(span[1])}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
