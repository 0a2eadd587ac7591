"""What `alerts` in `defaults.yaml` says that reaches nobody, or other tables than somebody meant."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from summary_tables.configs.config import DEFAULTS_FILE, settings_from_data
from summary_tables.configs.file_content import is_there, read_content
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.lint import ignore_comments
from summary_tables.model.alerts import DAYS, WHOLE_DAY, AlertSettings, QuietHours, Route
from summary_tables.model.problem import Finding, Place, Problem
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest

RULE: Final = "alerts"
_MOST_NAMES = 8


def alert_problems(folder: ConfigFolder) -> Iterator[Problem]:
    """What is wrong there beyond the schema; nothing while something else in `defaults.yaml` is wrong."""
    path = folder.path / DEFAULTS_FILE
    # What else is found there is about what `alerts` says.
    if "alerts" not in (folder.defaults or {}) or not is_there(path):
        return
    document = yaml_document.from_content(read_content(path))
    if isinstance(document, YamlDocument):
        found = [Problem.of(finding, path, rule=RULE, level="warning") for finding in _findings(document, folder)]
        yield from ignore_comments.applied(document, path, found, is_warehouse_asked=False)


def _findings(document: YamlDocument, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    settings = settings_from_data(folder.defaults or {})
    alerts = settings.alerts
    tables = [file.config.table for file in folder.files]
    yield from _unused_slack(document, settings)
    for index, route in enumerate(alerts.routes):
        path: YamlPath = ("alerts", "routes", index)
        yield from _quiet(document, (*path, "quiet"), route.quiet)
        if before := _covering(alerts.routes[:index], route):
            yield _after_another(document, path, before)
        elif not folder.unreadable:
            yield from _about_nothing(document, path, route, tables, settings)


def _unused_slack(document: YamlDocument, settings: Settings) -> Iterator[Finding[Place]]:
    """`slack: {conn_id: ...}` beside a `default` that leads elsewhere."""
    data = document.data if isinstance(document.data, dict) else {}
    conn_id = (data.get("slack") or {}).get("conn_id")
    if conn_id and settings.alerts.default and conn_id not in _conn_ids(settings.alerts):
        yield Finding(
            place=document.span_of_value(("slack", "conn_id")),
            message=f"nothing is told at `{conn_id}`: `default` of `alerts` says where messages go in its place",
            fix=f"delete `conn_id` there, or add `{conn_id}` to `default`",
        )


def _conn_ids(alerts: AlertSettings) -> frozenset[str]:
    return frozenset(place.conn_id for to in (alerts.default, *(route.to for route in alerts.routes)) for place in to)


def _quiet(document: YamlDocument, path: YamlPath, quiet: Sequence[QuietHours]) -> Iterator[Finding[Place]]:
    written = _value(document, path)
    for index, each in enumerate(written if isinstance(written, list) else [written]):
        if isinstance(each, dict) and each.get("from") is not None and each.get("from") == each.get("to"):
            place = (*path, index, "to") if isinstance(written, list) else (*path, "to")
            yield Finding(
                place=document.span_of_value(place),
                message=f"quiet hours from {each['from']} to {each['to']} are a whole day",
                fix="write another time, or delete `from` and `to` where whole days are meant",
            )
            return
    whole = {day for each in quiet if (each.start, each.end) == (WHOLE_DAY, WHOLE_DAY) for day in each.days}
    if len(whole) == len(DAYS):
        yield Finding(
            place=document.span_of_value(path),
            message="these quiet hours never end, so they hold nothing back",
            fix="leave out a day, or say `from` and `to`",
        )


def _value(document: YamlDocument, path: YamlPath) -> object:
    found: object = document.data
    for step in path:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int):
            found = found[step]
    return found


def _covering(before: Sequence[Route], route: Route) -> int:
    """The number of the first route that is about all tables of `route`; 0: none is."""
    return next((index for index, other in enumerate(before, start=1) if _covers(other, route)), 0)


def _covers(other: Route, route: Route) -> bool:
    pairs = ((other.owner, route.owner), (other.tag, route.tag), (other.schema, route.schema))
    return all(wanted in ("", given) for wanted, given in pairs)


def _after_another(document: YamlDocument, path: YamlPath, before: int) -> Finding[Place]:
    return Finding(
        place=document.span_of_value(path)._replace(length=1),
        message=f"route {before} is about all tables of this one, and the first that is about a table counts",
        fix=f"move this one before route {before}, or delete it",
    )


def _about_nothing(
    document: YamlDocument, path: YamlPath, route: Route, tables: Sequence[SummaryTable], settings: Settings
) -> Iterator[Finding[Place]]:
    """A name that no table has."""
    owned = tuple(owner.name for owner in settings.owners) or _names(table.owner for table in tables)
    tags = _names(tag for table in tables for tag in table.tags)
    yield from _unknown(document, (*path, "owner"), route.owner, owned, is_listed=bool(settings.owners))
    yield from _unknown(document, (*path, "tag"), route.tag, tags)
    yield from _unknown(document, (*path, "schema"), route.schema, _names(table.schema for table in tables))


def _unknown(
    document: YamlDocument, path: YamlPath, name: str, known: tuple[str, ...], *, is_listed: bool = False
) -> Iterator[Finding[Place]]:
    if not name or name in known:
        return
    key = path[-1]
    near = nearest(name, known)
    said = "is not among `owners`" if is_listed else f"is the {key} of no table"
    others = f"; there are {quoted(known)}" if 0 < len(known) <= _MOST_NAMES else ""
    yield Finding(
        place=document.span_of_value(path),
        message=f"`{name}` {said}, so this route is about none",
        fix=f"write `{key}: {near}`" if near else f"write another {key}{others}",
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))
