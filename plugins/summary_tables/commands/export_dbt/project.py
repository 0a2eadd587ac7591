"""All files of a folder -> all files of a dbt project."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from summary_tables.commands.export_dbt.checks import PlacedTest
from summary_tables.commands.export_dbt.column_names import needs_quotes
from summary_tables.commands.export_dbt.data_tests import DataTest
from summary_tables.commands.export_dbt.dbt_text import as_it_is, dumped
from summary_tables.commands.export_dbt.file_names import slug
from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.commands.export_dbt.project_settings import macros, project_settings
from summary_tables.commands.export_dbt.readme import readme
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.commands.export_dbt.seeds import Seed, seed
from summary_tables.commands.export_dbt.sources import sources
from summary_tables.commands.export_dbt.table_model import TableModel, properties, table_model
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.model.problem import Problem
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


def dbt_project(folder: ConfigFolder, name: str) -> Project:
    """The project called `name` of the tables in `folder`."""
    of_queries = [file for file in folder.files if file.config.table.main_sql]
    of_csv = [file for file in folder.files if file.config.table.csv]
    references = References(models={file.full_name: file.config.table.table for file in (*of_queries, *of_csv)})
    models = [table_model(file, references) for file in of_queries]
    seeds = [seed(file, references) for file in of_csv]
    checks = [*(model.checks for model in models), *(each.checks for each in seeds)]
    tests = _by_table(chain.from_iterable(each.placed for each in checks))
    singular = [test.file for each in checks for test in each.singular]
    keys = frozenset().union(*(model.sources for model in models), *(each.checks.sources for each in seeds))
    unit_tests = [test for model in models for test in model.unit_tests]
    settings = settings_from_data(folder.defaults or {})
    of_cells = [each for each in seeds if each.written and not each.is_model]
    described = [_model(each, tests) for each in models] + [_of_cells(each, tests) for each in seeds if each.is_model]
    kinds = [*(["models"] if described else []), *(["seeds"] if of_cells else [])]
    written = [
        *project_settings(name, settings, sorted({file.config.table.schema for file in folder.files}), kinds=kinds),
        readme(name, folder),
        *(model.sql for model in models),
        *(each.written for each in seeds if each.written),
        *singular,
        *_yaml("models/models.yml", "models", described),
        *_yaml("models/unit_tests.yml", "unit_tests", unit_tests),
        *_yaml("models/sources.yml", "sources", sources(keys, folder.sources, tests)),
        *_yaml("models/exposures.yml", "exposures", list(_exposures(folder.files))),
        *_yaml("seeds/seeds.yml", "seeds", [_seed(each, tests) for each in of_cells]),
    ]
    names = {test.name for each in tests.values() for test in each}
    sql = [file.text for file in written if file.path.endswith(".sql")]
    roles = chain.from_iterable(file.config.table.grants.select for file in folder.files)
    written += macros(sql, names, has_unit_tests=bool(unit_tests), has_odd_roles=any(map(needs_quotes, roles)))
    return Project(
        files=tuple(sorted(written, key=lambda file: file.path)),
        problems=tuple(_problems(folder, models, seeds, tests)),
        models=len(described),
        seeds=len(of_cells),
        tests=sum(map(len, tests.values())) + len(singular),
        unit_tests=len(unit_tests),
    )


def _by_table(placed: Iterable[PlacedTest]) -> Mapping[str, Sequence[DataTest]]:
    """Each once, however many files have it: dbt refuses the same test of a column twice. That of an error stays."""
    found: dict[str, list[DataTest]] = {}
    for each in placed:
        tests = found.setdefault(each.of, [])
        same = next((index for index, test in enumerate(tests) if test.is_same(each.test)), None)
        if same is None:
            tests.append(each.test)
        elif tests[same].check.severity == "warn":
            tests[same] = each.test
    return found


def _only_a_warning(placed: Iterable[PlacedTest], tests: Mapping[str, Sequence[DataTest]]) -> Iterator[Remark]:
    """Where another file makes an error of what is a warning here: dbt has one test for both."""
    for each in placed:
        if each.test.check.severity == "warn" and any(
            test.is_same(each.test) and test.check.severity != "warn" for test in tests[each.of]
        ):
            message = (
                f"the same check of {each.of} is an error in another file, and dbt has one test for both: "
                "it keeps this table from being built, too"
            )
            yield Remark(path=each.path, message=message, level="warning")


def _model(model: TableModel, tests: Mapping[str, Sequence[DataTest]]) -> dict[str, Any]:
    unsaid = ["tests"] if "tests" in model.file.data and not model.unit_tests else []
    return properties(model.file, model.checks, tests.get(model.file.full_name, ()), unsaid)


def _of_cells(found: Seed, tests: Mapping[str, Sequence[DataTest]]) -> dict[str, Any]:
    return properties(found.file, found.checks, tests.get(found.file.full_name, ()))


def _seed(found: Seed, tests: Mapping[str, Sequence[DataTest]]) -> dict[str, Any]:
    said = _of_cells(found, tests)
    return {**said, "config": {**found.config, **said["config"]}}


def _yaml(path: str, key: str, items: list[Any]) -> Iterator[ProjectFile]:
    if items:
        yield ProjectFile(path=path, text=dumped({"version": 2, key: items}))


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


def _problems(
    folder: ConfigFolder,
    models: Sequence[TableModel],
    seeds: Sequence[Seed],
    tests: Mapping[str, Sequence[DataTest]],
) -> Iterator[Problem]:
    remarks: dict[str, Sequence[Remark]] = {
        each.file.full_name: (*each.remarks, *_only_a_warning(each.checks.placed, tests))
        for each in chain[TableModel | Seed](models, seeds)
    }
    for file in folder.files:
        found = remarks.get(file.full_name, _OF_SHEET)
        yield from sorted(dict.fromkeys(remark.problem(file) for remark in found))


_OF_SHEET = (
    Remark(
        path=("google_sheet",),
        message="dbt reads no sheet: models that read this table have it as a source",
        fix="load it by another tool, or go on with this file",
        level="warning",
    ),
)
