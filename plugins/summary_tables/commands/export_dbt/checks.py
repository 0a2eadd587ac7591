"""The checks of a file -> tests of dbt, each of the table that it looks at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summary_tables.checks import Check, CheckName, NoRows, SqlCount
from summary_tables.checks.kinds.freshness import Freshness
from summary_tables.commands.export_dbt.data_tests import DataTest, data_tests
from summary_tables.commands.export_dbt.file_names import slug
from summary_tables.commands.export_dbt.interval import other_interval
from summary_tables.commands.export_dbt.origin import Origin
from summary_tables.commands.export_dbt.query import exported_query
from summary_tables.commands.export_dbt.references import References
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.commands.export_dbt.singular_tests import SingularTest
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.model.source_table import TableKey
from summary_tables.model.table import CheckStep
from summary_tables.text.free_name import free_name
from summary_tables.text.moments import UTC_NAME

_STEPS: tuple[CheckStep, ...] = ("input_check", "output_check")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTest:
    """A data test of the table `of`, by its full name; `path` is where its check stands."""

    of: str
    test: DataTest
    origin: Origin
    path: YamlPath


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedChecks:
    """`sources`: the tables of others that the tests look at. `inputs`: what its input checks look at, by full name.

    `unsaid`: the items that no test says, by their list, those below a column left out.
    """

    placed: tuple[PlacedTest, ...] = ()
    singular: tuple[SingularTest, ...] = ()
    sources: frozenset[TableKey] = frozenset()
    inputs: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = ()
    unsaid: Mapping[CheckStep, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One check of a file."""

    file: TableFile
    step: CheckStep
    path: YamlPath
    check: Check
    name: CheckName

    @property
    def origin(self) -> Origin:
        return Origin.of(self.check, self.step, self.file.full_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exported:
    """What a check became: tests, or a reason why it became none. `looks_at`: all tables, by their full names."""

    placed: tuple[PlacedTest, ...] = ()
    singular: SingularTest | None = None
    looks_at: frozenset[str] = frozenset()
    remarks: tuple[Remark, ...] = ()
    unsaid: Remark | None = None


def exported_checks(file: TableFile, references: References) -> ExportedChecks:
    """Those of both lists."""
    taken = set[str]()
    found = [(item, _exported(item, references, taken)) for item in _items(file)]
    looked_at = frozenset[str]().union(*(each.looks_at for _, each in found))
    inputs = frozenset[str]().union(*(each.looks_at for item, each in found if item.step == "input_check"))
    remarks = [remark for _, each in found for remark in (*each.remarks, *([each.unsaid] if each.unsaid else []))]
    return ExportedChecks(
        placed=tuple(test for _, each in found for test in each.placed),
        singular=tuple(each.singular for _, each in found if each.singular),
        sources=frozenset(source for name in looked_at if (source := references.source_of(name))),
        inputs=inputs - {file.full_name},
        remarks=(*remarks, *_of_rows_of_a_run(file)),
        unsaid=_unsaid(item for item, each in found if each.unsaid),
    )


def _items(file: TableFile) -> Iterator[_Item]:
    table = file.config.table
    for step in _STEPS:
        for index, (check, name) in enumerate(zip(table.checks(step), table.check_names(step), strict=True)):
            yield _Item(file=file, step=step, path=_path(file, step, index), check=check, name=name)


def _path(file: TableFile, step: CheckStep, index: int) -> tuple[str | int, ...]:
    """Where the check stands; that of a column stands below the column."""
    if step == "output_check" and (column := file.config.table.column_of_check(index)):
        names = [each.name for each in file.config.table.columns]
        return "columns", names.index(column)
    return step, index


def _unsaid(items: Iterator[_Item]) -> Mapping[CheckStep, Sequence[Mapping[str, Any]]]:
    found = dict[CheckStep, list[Mapping[str, Any]]]()
    for item in items:
        if item.path[0] == item.step:
            found.setdefault(item.step, []).append(item.file.data[item.step][item.path[1]])
    return found


def _exported(item: _Item, references: References, taken: set[str]) -> _Exported:
    """`taken` are the names that tests of the file have; that of this one is added."""
    check, table = item.check, item.file.config.table
    if isinstance(check, SqlCount | NoRows):
        return _of_query(item, check, references, taken)
    if check.looks_at == table.full_name:
        return _Exported(unsaid=_compares(item.path))
    target = check.looks_at or table.full_name
    tests = data_tests(check, references, table)
    return _Exported(
        placed=tuple(PlacedTest(of=target, test=test, origin=item.origin, path=item.path) for test in tests),
        looks_at=frozenset({target, *(other.table for other in check.others)}) if tests else frozenset(),
        remarks=tuple(other_interval(table)) if isinstance(check, Freshness) else (),
        unsaid=None if tests else _no_word(check, item.path),
    )


def _of_query(item: _Item, check: SqlCount | NoRows, references: References, taken: set[str]) -> _Exported:
    table = item.file.config.table
    query = SourceQuery(path=item.path, role=item.step, text=_written(check), dialect=item.file.dialect)
    found = exported_query(item.file, query, references)
    if found.sql.reads_itself:
        return _Exported(unsaid=_compares(item.path))
    test = SingularTest(
        name=free_name(f"{table.table}__{slug(item.name.key, _LONGEST) or 'check'}", taken),
        check=check,
        origin=item.origin,
        looks_at=table.full_name if found.sql.models == {table.table} else "",
        label=item.name.label,
        head=_in_zone(table.timezone) + found.head,
        sql=found.sql.text,
    )
    looks_at = {f"{schema}.{name}" for schema, name in found.sql.sources} | references.tables(found.sql.models)
    return _Exported(singular=test, looks_at=frozenset(looks_at), remarks=found.remarks)


def _in_zone(zone: str) -> str:
    return "" if zone == UTC_NAME else f"{{%- do use_time_zone('{zone}') -%}}\n"


def _written(check: SqlCount | NoRows) -> str:
    return check.sql if isinstance(check, SqlCount) else check.query


def _compares(path: YamlPath) -> Remark:
    message = "the check compares with what readers saw before the build, which dbt has replaced when it tests"
    return Remark(path=path, message=message, level="warning")


def _no_word(check: Check, path: YamlPath) -> Remark:
    message = f"dbt has no test for `{check.KEY}`{_OF_EARLIER if _compares_builds(check) else ''}"
    return Remark(path=path, message=message, fix="write a test by hand, if it is needed", level="warning")


_OF_EARLIER = " against an earlier build: it keeps none"


def _compares_builds(check: Check) -> bool:
    return check.KEY == "row_count_change" or any(
        getattr(check, f"max_{way}_percent", None) is not None for way in ("decrease", "increase")
    )


def _of_rows_of_a_run(file: TableFile) -> Iterator[Remark]:
    table = file.config.table
    if table.refresh.is_incremental and any(not check.whole_table for check in table.output_check):
        message = "the checks look at the rows of a run, and dbt's tests at the whole table"
        yield Remark(
            path=("output_check",) if "output_check" in file.data else ("columns",), message=message, level="warning"
        )


_LONGEST = 80
