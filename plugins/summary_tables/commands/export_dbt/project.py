"""All files of a folder -> all files of a dbt project."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from summary_tables.commands.export_dbt.checks import ExportedChecks
from summary_tables.commands.export_dbt.column_names import needs_quotes
from summary_tables.commands.export_dbt.dbt_text import as_it_is, dumped
from summary_tables.commands.export_dbt.file_names import slug
from summary_tables.commands.export_dbt.placed_tests import TableTests, TestsByTable, by_table, only_a_warning
from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.commands.export_dbt.project_settings import macros, project_settings
from summary_tables.commands.export_dbt.readme import readme
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.commands.export_dbt.seeds import Seed, seed
from summary_tables.commands.export_dbt.sheets import Sheet, sheet
from summary_tables.commands.export_dbt.sources import sources
from summary_tables.commands.export_dbt.table_model import TableModel, properties, table_model
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.lineage import lineage
from summary_tables.model.problem import Problem
from summary_tables.model.source_table import TableKey
from summary_tables.text.free_name import free_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`files` in the order of their paths; `problems` is what dbt cannot say, in the order of the configs.

    `models`, `seeds`, `tests` and `unit_tests` are how many there are.
    """

    files: tuple[ProjectFile, ...]
    problems: tuple[Problem, ...]
    models: int
    seeds: int
    tests: int
    unit_tests: int


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """What the files of a folder became. `sheets`: the tables of the folder that dbt cannot build."""

    folder: ConfigFolder
    models: Sequence[TableModel]
    seeds: Sequence[Seed]
    sheets: Sequence[Sheet]

    @cached_property
    def read(self) -> frozenset[TableKey]:
        """The tables that dbt does not build, and that something of it looks at."""
        of_models = (model.sources for model in self.models)
        return frozenset[TableKey]().union(*of_models, *(each.checks.sources for each in self.seeds))

    @cached_property
    def read_sheets(self) -> Sequence[Sheet]:
        return [each for each in self.sheets if each.key in self.read]

    @cached_property
    def checks(self) -> Sequence[ExportedChecks]:
        return [each.checks for each in chain[TableModel | Seed | Sheet](self.models, self.seeds, self.read_sheets)]

    @cached_property
    def tests(self) -> TestsByTable:
        return by_table(chain.from_iterable(each.placed for each in self.checks))

    @cached_property
    def singular(self) -> Sequence[ProjectFile]:
        return [test.file for each in self.checks for test in each.singular]

    @cached_property
    def unit_tests(self) -> Sequence[Mapping[str, Any]]:
        return [test for model in self.models for test in model.unit_tests]

    @cached_property
    def described(self) -> Sequence[dict[str, Any]]:
        """What is said of each model, those among them whose rows are cells."""
        of_cells = [_of_cells(each, self.tests) for each in self.seeds if each.is_model]
        return [*(_model(each, self.tests) for each in self.models), *of_cells]

    @cached_property
    def of_cells(self) -> Sequence[Seed]:
        """The seeds that are no models."""
        return [each for each in self.seeds if each.written and not each.is_model]

    @property
    def sources(self) -> list[dict[str, Any]]:
        sheets = {each.key: each.described for each in self.read_sheets}
        looked_at = {source for each in self.checks for source in each.sources}
        return sources(self.read | looked_at, self.folder.sources, sheets, self.tests)


def dbt_project(folder: ConfigFolder, name: str) -> Project:
    """The project called `name` of the tables in `folder`."""
    parts = _parts(folder)
    written = [*_files(parts, name)]
    written += _macros(parts, written)
    return Project(
        files=tuple(sorted(written, key=lambda file: file.path)),
        problems=tuple(_problems(parts)),
        models=len(parts.described),
        seeds=len(parts.of_cells),
        tests=sum(map(len, parts.tests.values())) + len(parts.singular),
        unit_tests=len(parts.unit_tests),
    )


def _parts(folder: ConfigFolder) -> _Parts:
    of_queries = [file for file in folder.files if file.config.table.main_sql]
    of_csv = [file for file in folder.files if file.config.table.csv]
    references = References(models={file.full_name: file.config.table.table for file in (*of_queries, *of_csv)})
    order = lineage(folder).in_build_order(references.models)
    return _Parts(
        folder=folder,
        models=[table_model(file, references, order[: order.index(file.full_name)]) for file in of_queries],
        seeds=[seed(file, references) for file in of_csv],
        sheets=[sheet(file, references) for file in folder.files if file.config.table.google_sheet],
    )


def _files(parts: _Parts, name: str) -> Iterator[ProjectFile]:
    folder = parts.folder
    kinds = [*(["models"] if parts.described else []), *(["seeds"] if parts.of_cells else [])]
    schemas = sorted({file.config.table.schema for file in folder.files})
    yield from project_settings(name, settings_from_data(folder.defaults or {}), schemas, kinds=kinds)
    yield readme(name, folder)
    yield from (model.sql for model in parts.models)
    yield from (each.written for each in parts.seeds if each.written)
    yield from parts.singular
    yield from _yaml("models/models.yml", "models", parts.described)
    yield from _yaml("models/unit_tests.yml", "unit_tests", parts.unit_tests)
    yield from _yaml("models/sources.yml", "sources", parts.sources)
    yield from _yaml("models/exposures.yml", "exposures", list(_exposures(folder.files)))
    yield from _yaml("seeds/seeds.yml", "seeds", [_seed(each, parts.tests) for each in parts.of_cells])


def _macros(parts: _Parts, written: Sequence[ProjectFile]) -> Iterator[ProjectFile]:
    roles = chain.from_iterable(file.config.table.grants.select for file in parts.folder.files)
    return macros(
        [file.text for file in written if file.path.endswith(".sql")],
        [each.test for tests in parts.tests.values() for each in tests],
        has_unit_tests=bool(parts.unit_tests),
        has_odd_roles=any(map(needs_quotes, roles)),
    )


def _model(model: TableModel, tests: TestsByTable) -> dict[str, Any]:
    unsaid = ["tests"] if "tests" in model.file.data and not model.unit_tests else []
    return properties(model.file, model.checks, _of(model.file, tests), unsaid)


def _of_cells(found: Seed, tests: TestsByTable) -> dict[str, Any]:
    return properties(found.file, found.checks, _of(found.file, tests))


def _of(file: TableFile, tests: TestsByTable) -> TableTests:
    return TableTests(of=file.full_name, placed=tests.get(file.full_name, ()))


def _seed(found: Seed, tests: TestsByTable) -> dict[str, Any]:
    said = _of_cells(found, tests)
    return {**said, "config": {**found.config, **said["config"]}}


def _yaml(path: str, key: str, items: Sequence[Any]) -> Iterator[ProjectFile]:
    if items:
        yield ProjectFile(path=path, text=dumped({"version": 2, key: list(items)}))


def _exposures(files: Sequence[TableFile]) -> Iterator[dict[str, Any]]:
    """The dashboards that show tables, each once with all tables that it shows."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for file in files:
        table = file.config.table
        for use in table.used_by if table.main_sql or table.csv else ():
            item = found.setdefault((use.name, use.url), _exposure(use.name, use.url, use.owner or table.owner, found))
            item["depends_on"].append(f"ref('{table.table}')")
    yield from found.values()


def _exposure(name: str, url: str, owner: str, others: Mapping[Any, Any]) -> dict[str, Any]:
    taken = {each["name"] for each in others.values()}
    return {
        "name": free_name(slug(name, _LONGEST) or "dashboard", taken),
        "label": as_it_is(name),
        "type": "dashboard",
        "url": as_it_is(url),
        "owner": {"name": as_it_is(owner)},
        "depends_on": [],
    }


_LONGEST = 80


def _problems(parts: _Parts) -> Iterator[Problem]:
    remarks: dict[str, Sequence[Remark]] = {each.file.full_name: each.remarks for each in parts.sheets}
    for built in chain[TableModel | Seed](parts.models, parts.seeds):
        remarks[built.file.full_name] = (*built.remarks, *only_a_warning(built.checks.placed, parts.tests))
    for file in parts.folder.files:
        yield from sorted(dict.fromkeys(remark.problem(file) for remark in remarks[file.full_name]))
