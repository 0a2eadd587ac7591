"""The file of a dbt project -> records. A running task comes only here, as for a table's file."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from summary_tables.configs import alerts, config
from summary_tables.configs.config import Config, settings_from_data
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.dbt_project import DBT_KEY, DbtProject, DbtSelection
from summary_tables.model.full_name import OF_PROJECTS
from summary_tables.model.problem import WHOLE_FILE, Place
from summary_tables.model.settings import Settings
from summary_tables.model.shown_name import shown_name
from summary_tables.model.table import SummaryTable
from summary_tables.text.written_number import plain

_OF_BOTH = tuple(
    {each.name for each in fields(DbtProject)} & {each.name for each in fields(SummaryTable)} - {"description"}
)
_SHARED = frozenset(field.name for field in fields(DbtProject)) - {"name", DBT_KEY, "description", "alerts"}
_OF_TABLES = frozenset({"table", "main_sql", "csv", "google_sheet"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtConfig:
    """One project, the deployment's settings, and the file that describes the project."""

    project: DbtProject
    settings: Settings
    path: Path

    @property
    def file(self) -> str:
        """What messages call the file, e.g. `dag_configs/shop.yaml`."""
        return shown_name(self.path)

    @property
    def folder(self) -> Path:
        """Where the project stands."""
        return self.path.absolute().parents[1] / self.project.dbt.project

    @property
    def as_table(self) -> Config:
        """The project as if it were a table: for what is the same of both, such as who hears of it and when it runs."""
        project = self.project
        table = SummaryTable(
            table=project.name,
            schema=OF_PROJECTS,
            description=project.description,
            **{name: getattr(project, name) for name in _OF_BOTH},
        )
        return Config(table=table, settings=self.settings, path=self.path)

    def __deepcopy__(self, _memo: dict[int, object]) -> Self:
        """Itself: dag-factory copies every value it is given, and nothing here can change."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtFile:
    """A file of a project that its schema allows."""

    config: DbtConfig
    document: YamlDocument

    @property
    def path(self) -> Path:
        return self.config.path

    def place_of(self, path: YamlPath) -> Place:
        """Where the file says what stands at `path`; the file as a whole where it does not."""
        found: Any = self.document.data
        for key in path:
            if not isinstance(found, dict | list) or (isinstance(found, dict) and key not in found):
                return WHOLE_FILE
            found = found[key]  # type: ignore[index]  # a list is asked by its numbers
        return self.document.span_of_value(path)


def is_dbt(data: object) -> bool:
    """Whether what a file says is about a project."""
    return isinstance(data, Mapping) and DBT_KEY in data


def is_meant_as_dbt(data: object) -> bool:
    """The same, where the key is misspelt or left out."""
    if not isinstance(data, Mapping) or is_dbt(data) or data.keys() & _OF_TABLES:
        return is_dbt(data)
    inner = (value for value in data.values() if isinstance(value, Mapping))
    return any(isinstance(each.get("project"), str) for each in (data, *inner))


def from_data(data: Mapping[str, Any], defaults: Mapping[str, Any], path: Path) -> DbtConfig:
    """Records from data that the schemas allow."""
    inherited = {key: value for key, value in defaults.items() if key in _SHARED}
    said = {key: value for key, value in {**inherited, **data}.items() if key != DBT_KEY}
    dbt: dict[str, Any] = {**data[DBT_KEY], "vars": data[DBT_KEY].get("vars", {})}
    project = DbtProject(
        **{
            **{key: _frozen(value) for key, value in said.items()},
            "name": path.stem,
            "dbt": DbtSelection(**{key: _frozen(value) for key, value in dbt.items()}),
            "alerts": alerts.table_alerts(data.get("alerts")),
            "schedule": config.schedule_from_data(said.get("schedule", "none")),
        }
    )
    return DbtConfig(project=project, settings=settings_from_data(defaults), path=path)


def read_either(name: str, folder: Path) -> Config | DbtConfig:
    """What the file of this name describes. Raises ConfigError as `config.read` does."""
    data, defaults = config.read_data(name, folder)
    read = from_data if is_dbt(data) else config.from_data
    with config.changed_file_told(folder / f"{name}.yaml"):
        return read(data, defaults, folder / f"{name}.yaml")


def _frozen(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else plain(value)
