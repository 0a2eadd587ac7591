"""`dag_configs/` -> records. What is read here has been checked before; `configs.schema` and `lint` check.

A running task comes only here: it reads its own file and `defaults.yaml`, and imports no jsonschema.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from summary_tables.checks import Check, check_from_item
from summary_tables.checks.column_checks import items_for_column
from summary_tables.configs import alerts
from summary_tables.configs.file_content import is_there
from summary_tables.configs.yaml import document
from summary_tables.model.checkout import REPOSITORY
from summary_tables.model.parents import AssetParent, Parent, SourceParent
from summary_tables.model.problem import WHOLE_FILE, ConfigError, Finding, Problem
from summary_tables.model.row_source import CsvFile, Export, GoogleSheet, SheetExport
from summary_tables.model.settings import NOTIFIERS, NotifierSettings, Settings, Warehouse, of_deployment
from summary_tables.model.shown_name import shown_name
from summary_tables.model.table import (
    Attributes,
    DeclaredColumn,
    Grants,
    Index,
    Refresh,
    Schedule,
    SummaryTable,
)
from summary_tables.model.usage import Deprecation, Use
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.text.durations import span
from summary_tables.text.moments import UTC_NAME, zone_of
from summary_tables.text.written_number import plain

FOLDER_NAME = "dag_configs"
FOLDER = REPOSITORY / FOLDER_NAME
"""The one of a checkout of the library; where that is installed there is none."""
DEFAULTS_FILE = "defaults.yaml"
SOURCES_FOLDER = "sources"
"""What is known of tables that others fill: see `configs.sources`."""

_TABLE_KEYS = frozenset(field.name for field in fields(SummaryTable))
_OF_BOTH = frozenset({"alerts"})
"""Keys of a table's file and of `defaults.yaml` that mean something else in each, so that no table inherits them."""

_INHERITED = _TABLE_KEYS - _OF_BOTH
_NOT_OF_A_RUN = frozenset({"tests"})
"""What only other commands ask for, from the file: see `lint.facts.query_tests`."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One table, the deployment's settings, and the file that describes the table."""

    table: SummaryTable
    settings: Settings
    path: Path

    @property
    def file(self) -> str:
        """What messages call the file, e.g. `dag_configs/nps_summary.yaml`."""
        return shown_name(self.path)

    @property
    def dialect(self) -> Dialect:
        """What its queries are written in."""
        return dialect_of(self.settings.warehouse.dialect)

    def __deepcopy__(self, _memo: dict[int, object]) -> Self:
        """Itself: dag-factory copies every value it is given, and nothing here can change."""
        return self


def paths(folder: Path) -> tuple[Path, ...]:
    """The files that describe tables, in the order of their names."""
    return tuple(sorted(path for path in folder.glob("*.yaml") if path.name != DEFAULTS_FILE))


def read(table: str, folder: Path = FOLDER) -> Config:
    """The config of one table.

    Raises ConfigError, with the file and what to do, where the file is gone or is no longer what was checked.
    """
    data, defaults = read_data(table, folder)
    path = folder / f"{table}.yaml"
    with changed_file_told(path):
        return from_data(data, defaults, path)


def read_data(name: str, folder: Path) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a file and `defaults.yaml` say, unchecked. Raises ConfigError where one of them cannot be read."""
    defaults_path = folder / DEFAULTS_FILE
    return _data(folder / f"{name}.yaml"), _data(defaults_path) if is_there(defaults_path) else {}


@contextmanager
def changed_file_told(path: Path) -> Iterator[None]:
    """What is raised for data that is no config is a ConfigError with what to do."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = "the file was changed after it was checked and is no longer a config"
        fix = f"run `summary-tables lint {shown_name(path)}` and mend what it says"
        finding = Finding(place=WHOLE_FILE, rule="file", message=message, fix=fix)
        raise ConfigError((Problem.of(finding, path),)) from error


def from_data(data: Mapping[str, Any], defaults: Mapping[str, Any], path: Path) -> Config:
    """Records from data that the schemas allow. A value in `data` replaces the one in `defaults`, whole.

    Whoever reads many files gives the same `defaults` each time, and does not change them in between.
    """
    inherited = {key: value for key, value in defaults.items() if key in _INHERITED}
    own = {key: value for key, value in data.items() if key not in _NOT_OF_A_RUN}
    settings = _LATEST.of(defaults)
    return Config(table=_table({**inherited, **own}, settings), settings=settings, path=path)


class _Latest:
    """The settings of the defaults that were asked about last: one folder has many files and one `defaults.yaml`."""

    def __init__(self) -> None:
        self._known: tuple[Mapping[str, Any], Settings] | None = None

    def of(self, defaults: Mapping[str, Any]) -> Settings:
        known = self._known
        if known is None or known[0] is not defaults:
            known = self._known = (defaults, settings_from_data(defaults))
        return known[1]


_LATEST: Final = _Latest()


def settings_from_data(defaults: Mapping[str, Any]) -> Settings:
    """The deployment's part of `defaults.yaml`.

    A running task reads it unchecked: a table goes on being built while something is wrong that it does not need.
    Anything but `samples: true`, a key that nobody knows among it, then means that no value may be shown.
    """
    conn_ids, pools, repository = (defaults.get(key) for key in ("conn_ids", "pools", "repository"))
    require, recommend, owner_links = (defaults.get(key) for key in ("require", "recommend", "owner_links"))
    return Settings(
        notifiers=tuple(_notifiers(defaults)) or Settings().notifiers,
        warehouse=Warehouse(**_frozen_values(defaults.get("warehouse", {}))),
        repository=repository if isinstance(repository, str) else "",
        owners=alerts.owners(defaults.get("owners")),
        alerts=alerts.alert_settings(defaults.get("alerts")),
        zone=alerts.zone(defaults.get("timezone")),
        conn_ids=tuple(conn_ids) if isinstance(conn_ids, list) else (),
        pools=tuple(pools) if isinstance(pools, list) else (),
        require=tuple(require) if isinstance(require, list) else (),
        recommend=tuple(recommend) if isinstance(recommend, list) else (),
        owner_links=owner_links if isinstance(owner_links, dict) else {},
        samples=defaults.get("samples", True) is True
        and all(key in _TABLE_KEYS or of_deployment(key) for key in defaults),
    )


def _notifiers(defaults: Mapping[str, Any]) -> Iterator[NotifierSettings]:
    for name, kind in NOTIFIERS.items():
        if isinstance(found := defaults.get(name), Mapping):
            known = {field.name for field in fields(kind)}
            yield kind(**{key: value for key, value in found.items() if key in known and isinstance(value, str)})


def _data(path: Path) -> Mapping[str, Any]:
    found = document.read(path)
    if isinstance(found, tuple):
        raise ConfigError(tuple(Problem.of(finding, path) for finding in found))
    return found.data if isinstance(found.data, dict) else {}


def _table(data: Mapping[str, Any], settings: Settings) -> SummaryTable:
    columns = data.get("columns", ())
    private = frozenset(column["name"] for column in columns if column.get("pii", False))
    to_checks = partial(_checks, private=private, samples=settings.samples)
    declared = tuple(DeclaredColumn(**{**each, "checks": to_checks(items_for_column(each))}) for each in columns)
    return SummaryTable(
        **{
            **_frozen_values(data),
            "alerts": alerts.table_alerts(data.get("alerts")),
            "schedule": schedule_from_data(data.get("schedule", "none")),
            "refresh": _refresh(data.get("refresh", "replace"), data.get("timezone", UTC_NAME)),
            "fresh_by": time.fromisoformat(data["fresh_by"]) if "fresh_by" in data else None,
            "fresh_within": span(data["fresh_within"]) if "fresh_within" in data else None,
            "attributes": Attributes(**_frozen_values(data.get("attributes", {}))),
            "indexes": tuple(Index(**_frozen_values(item)) for item in data.get("indexes", ())),
            "grants": Grants(**_frozen_values(data.get("grants", {}))),
            "deprecated": _deprecation(data.get("deprecated")),
            "used_by": tuple(Use(**item) for item in data.get("used_by", ())),
            "google_sheet": _record(GoogleSheet, data.get("google_sheet")),
            "csv": _record(CsvFile, data.get("csv")),
            "export": _export(data.get("export")),
            "columns": declared,
            "input_check": to_checks(data.get("input_check", ())),
            "output_check": (*to_checks(data.get("output_check", ())), *chain(*(each.checks for each in declared))),
        }
    )


def _checks(items: Iterable[Mapping[str, Any]], *, private: frozenset[str], samples: bool) -> tuple[Check, ...]:
    checks = map(check_from_item, items)
    return tuple(check if samples and not _may_show(check, private) else check.without_samples() for check in checks)


def _may_show(check: Check, private: frozenset[str]) -> bool:
    """A message about the check could show values of a column with personal data; of a query nobody knows."""
    return bool(private) and (check.IS_QUERY or not private.isdisjoint(check.columns))


def schedule_from_data(value: str | Mapping[str, Any]) -> Schedule:
    """What stands at `schedule`."""
    if isinstance(value, str):
        return Schedule(cron="" if value == "none" else value.strip())
    after, is_any = value["after"], isinstance(value["after"], Mapping)
    return Schedule(
        cron=value.get("at", "").strip(),
        after=tuple(map(_parent, after["any"] if is_any else after)),
        any_of=is_any,
        **_frozen_values({key: value[key] for key in ("wait_hours",) if key in value}),
    )


def _parent(item: str | Mapping[str, Any]) -> Parent:
    if isinstance(item, str):
        return item
    return AssetParent(**item) if "asset" in item else SourceParent(**_frozen_values(item))


def _refresh(value: str | Mapping[str, Mapping[str, Any]], zone: str) -> Refresh:
    """`append`, or `{merge: {unique_key: user_id}}`: one strategy with what it needs."""
    if isinstance(value, str):
        return Refresh(strategy=value)
    ((strategy, options),) = value.items()
    key = options.get("unique_key", ())
    return Refresh(
        strategy=strategy,
        time_column=options.get("time_column", ""),
        unique_key=(key,) if isinstance(key, str) else tuple(key),
        start=datetime.fromisoformat(options["start"]).replace(tzinfo=zone_of(zone)) if "start" in options else None,
        may_be_empty=options.get("may_be_empty", False),
    )


def _deprecation(data: Mapping[str, Any] | None) -> Deprecation | None:
    return None if data is None else Deprecation(**{**data, "after": date.fromisoformat(data["after"])})


def _record(kind: type[T], data: Mapping[str, Any] | None) -> T | None:
    return None if data is None else kind(**_frozen_values(data))


def _export(data: Mapping[str, Any] | None) -> Export | None:
    return None if data is None else Export(google_sheet=SheetExport(**_frozen_values(data["google_sheet"])))


def _frozen_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in data.items()}


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else plain(value)
