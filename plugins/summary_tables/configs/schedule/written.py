"""A schedule as a file says it, on one line."""

from collections.abc import Iterable

from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.parents import AssetParent, Parent
from summary_tables.model.table import Schedule


def written_schedule(schedule: Schedule) -> str:
    """E.g. `{after: [analytics.mau_summary]}`, of one that waits for something."""
    parts = [f"at: {quoted(schedule.cron)}"] if schedule.cron else []
    parents = _listed(map(_written, schedule.after))
    parts.append(f"after: {{any: {parents}}}" if schedule.any_of else f"after: {parents}")
    if schedule.wait_hours != Schedule().wait_hours:
        parts.append(f"wait_hours: {schedule.wait_hours}")
    return f"{{{', '.join(parts)}}}"


def _listed(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _written(parent: Parent) -> str:
    if isinstance(parent, str):
        return parent
    if isinstance(parent, AssetParent):
        return f"{{asset: {quoted(parent.asset)}}}"
    return f"{{table: {quoted(parent.table)}, column: {quoted(parent.column)}, within_hours: {parent.within_hours}}}"
