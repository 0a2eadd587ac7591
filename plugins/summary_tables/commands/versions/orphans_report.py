"""What the warehouse holds of tables whose config is gone, for people and for programs."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from summary_tables.model.settings import Warehouse
from summary_tables.text.english import counted, plural
from summary_tables.text.moments import UTC_NAME, due_text, moment_text
from summary_tables.text.sizes import size_text
from summary_tables.text.visible import escaped, visible
from summary_tables.warehouse.history.drop_orphan import Dropped, kept
from summary_tables.warehouse.history.orphans import Leftovers, Orphan, OrphanVersion

RECENT = timedelta(days=7)


def leftovers_text(found: Leftovers, warehouse: Warehouse, folder: str, now: datetime) -> str:
    """A paragraph for each table, and what is called like a version but is not known."""
    paragraphs = [_paragraph(orphan, now) for orphan in found.orphans] or [
        f"Everything that was built has a config in {folder}."
    ]
    if found.unlogged:
        paragraphs.append(
            f"Called like versions, but not in the build log, and left alone (schema {warehouse.versions_schema}):\n"
            + "\n".join(f"  {name}" for name in found.unlogged)
        )
    return "\n\n".join("\n".join(map(visible, text.splitlines())) for text in paragraphs) + "\n"


def dropped_text(orphan: Orphan, dropped: Dropped) -> str:
    """What was dropped of one table, and what stays."""
    parts = [
        *(["the view"] if dropped.view else []),
        *([_versions(dropped.versions)] if dropped.versions else []),
        *([f"{counted(dropped.log_rows, 'build')} from the log"] if dropped.log_rows else []),
    ]
    lines = [f"{orphan.full_name}: dropped {', '.join(parts) or 'nothing'}", *_stays(dropped.kept)]
    return "\n".join(map(visible, lines))


def leftovers_json(found: Leftovers, dropped: dict[str, Dropped], failed: dict[str, str]) -> str:
    """Sizes in bytes; times in UTC, ISO 8601. `dropped` and `failed` (why not) by full name."""
    items = [_item(orphan, dropped.get(orphan.full_name), failed.get(orphan.full_name)) for orphan in found.orphans]
    document = {"orphans": items, "unlogged": found.unlogged}
    return escaped(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _paragraph(orphan: Orphan, now: datetime) -> str:
    last = (
        f"last published {moment_text(UTC_NAME, orphan.last_published)}" if orphan.last_published else "never published"
    )
    lines = (*_facts(orphan), *_stays(kept(orphan)), *_doubts(orphan, now))
    return "\n".join((f"{orphan.full_name}: no config, {last}", *lines))


def _doubts(orphan: Orphan, now: datetime) -> Iterator[str]:
    """A folder that is behind lacks the newest tables, and another folder may build into the same warehouse."""
    if orphan.last_published and now - orphan.last_published < RECENT:
        yield "  careful   published less than 7 days ago: is the folder up to date, and does nothing build it now?"


def _facts(orphan: Orphan) -> Iterator[str]:
    if orphan.has_view and orphan.live.build:
        yield f"  view      shows the build of {due_text(UTC_NAME, orphan.live.build.run_at)}"
    if orphan.live.kind in ("table", "other"):
        yield f"  now       {orphan.live.what} stands under that name, which is left alone"
    if orphan.readers:
        yield f"  readers   {', '.join(orphan.readers)}"
    if orphan.versions:
        yield f"  versions  {_versions(orphan.versions)}"
    gone = "" if orphan.versions else ", of which none stands any more"
    yield f"  log       {counted(orphan.log_rows, 'build')}{gone}"


def _stays(reasons: Sequence[str]) -> Iterator[str]:
    return (f"  stays     {reason}" for reason in reasons)


def _versions(versions: Sequence[OrphanVersion]) -> str:
    rows = [version.rows for version in versions if version.rows is not None]
    sizes = [version.size for version in versions if version.size is not None]
    facts = [*([counted(sum(rows), "row")] if rows else []), *([size_text(sum(sizes))] if sizes else [])]
    count = f"{len(versions)} {plural(len(versions), 'version')}"
    return f"{count} ({', '.join(facts)})" if facts else count


def _item(orphan: Orphan, dropped: Dropped | None, failed: str | None) -> dict[str, object]:
    return {
        "table": orphan.full_name,
        "view": orphan.has_view,
        "readers": orphan.readers,
        "dependents": orphan.dependents,
        "last_published": orphan.last_published.isoformat() if orphan.last_published else None,
        "builds_in_log": orphan.log_rows,
        "versions": [_version_item(orphan, version) for version in orphan.versions],
        "dropped": dropped
        and {
            "view": dropped.view,
            "versions": [version.name for version in dropped.versions],
            "builds_in_log": dropped.log_rows,
        },
        "stays": dropped.kept if dropped else kept(orphan),
        "problem": failed,
    }


def _version_item(orphan: Orphan, version: OrphanVersion) -> dict[str, object]:
    return {
        "version": version.name,
        "rows": version.rows,
        "bytes": version.size,
        "live": orphan.live.build is not None and orphan.live.build.version == version.name,
        "plain_table_before": version.migrated,
        "dependents": version.dependents,
    }
