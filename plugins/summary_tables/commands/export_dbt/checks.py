"""The checks of a file -> tests of dbt, each of the table that it looks at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summary_tables.checks import Check, NoRows, SqlCount
from summary_tables.commands.export_dbt.data_tests import DataTest, data_tests
from summary_tables.commands.export_dbt.file_names import slug
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
    path: YamlPath


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedChecks:
    """`sources`: the tables of others that the tests look at.

    `unsaid`: the items that no test says, by their list, those below a column left out.
    """

    placed: tuple[PlacedTest, ...] = ()
    singular: tuple[SingularTest, ...] = ()
    sources: frozenset[TableKey] = frozenset()
    remarks: tuple[Remark, ...] = ()
    unsaid: Mapping[CheckStep, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


def exported_checks(file: TableFile, references: References) -> ExportedChecks:
    """Those of both lists."""
    placed, singular, sources, remarks = list[PlacedTest](), list[SingularTest](), set[TableKey](), list[Remark]()
    taken, unsaid = set[str](), dict[CheckStep, list[Mapping[str, Any]]]()

    def leave(remark: Remark, step: CheckStep) -> None:
        remarks.append(remark)
        if remark.path[0] == step:
            unsaid.setdefault(step, []).append(file.data[step][remark.path[1]])

    for step in _STEPS:
        table = file.config.table
        for index, (check, name) in enumerate(zip(table.checks(step), table.check_names(step), strict=True)):
            path = _path(file, step, index)
            if isinstance(check, SqlCount | NoRows):
                query = SourceQuery(path=path, role=step, text=_written(check), dialect=file.dialect)
                found = exported_query(file, query, references)
                if found.sql.reads_itself and step == "output_check":
                    leave(_compares(path), step)
                    continue
                test_name = free_name(f"{table.table}__{slug(name.key, _LONGEST) or 'check'}", taken)
                singular.append(
                    SingularTest(
                        name=test_name,
                        check=check,
                        label=name.label,
                        head=_in_zone(table.timezone) + found.head,
                        sql=found.sql.text,
                    )
                )
                sources |= found.sql.sources
                remarks += found.remarks
            elif tests := data_tests(check, references, table.timezone):
                target = check.looks_at or table.full_name
                placed += [PlacedTest(of=target, test=test, path=path) for test in tests]
                others = (target, *(other.table for other in check.others))
                sources |= {source for each in others if (source := references.source_of(each))}
            else:
                leave(_no_word(check, path), step)
    remarks += _of_rows_of_a_run(file)
    return ExportedChecks(
        placed=tuple(placed),
        singular=tuple(singular),
        sources=frozenset(sources),
        remarks=tuple(remarks),
        unsaid=unsaid,
    )


def _path(file: TableFile, step: CheckStep, index: int) -> tuple[str | int, ...]:
    """Where the check stands; that of a column stands below the column."""
    if step == "output_check" and (column := file.config.table.column_of_check(index)):
        names = [each.name for each in file.config.table.columns]
        return "columns", names.index(column)
    return step, index


def _in_zone(zone: str) -> str:
    return "" if zone == UTC_NAME else f"{{%- do use_time_zone('{zone}') -%}}\n"


def _written(check: SqlCount | NoRows) -> str:
    return check.sql if isinstance(check, SqlCount) else check.query


def _compares(path: tuple[str | int, ...]) -> Remark:
    message = "the check compares with what readers saw before the build, which dbt has replaced when it tests"
    return Remark(path=path, message=message, level="warning")


def _no_word(check: Check, path: tuple[str | int, ...]) -> Remark:
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
