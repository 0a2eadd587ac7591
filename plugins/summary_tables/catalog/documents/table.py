"""One table: as an item of the list, and by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from summary_tables.catalog.documents.builds import BuildDocument, build_document
from summary_tables.catalog.documents.described import DESCRIBED
from summary_tables.catalog.entry import Entry, State
from summary_tables.configs.schedule.schedule_in_words import schedule_in_words
from summary_tables.model.problem import Level, Problem
from summary_tables.model.table import SummaryTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDocument:
    """When the table is built; neither `cron` nor `after`: when somebody starts it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    cron: str | None
    """In UTC."""
    after: tuple[str, ...]
    """The summary tables after whose publication it is built; with a `cron`, for which its runs wait."""
    assets: tuple[str, ...]
    """The same of Airflow assets that other DAGs publish, by name or URI."""
    sources: tuple[str, ...]
    """The tables of others for which its runs wait."""
    any_of: bool
    """One of all these is enough."""
    description: str
    """The same in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSummary:
    """A table as an item of the list."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    full_name: str
    """`schema.table`; of a file that cannot be read, perhaps the table alone."""
    dag_id: str
    """The DAG that builds it."""
    schema: str | None
    """Null: its file cannot be read, and it was never built."""
    name: str
    """The table without its schema."""
    description: str | None
    """What the file says; null: there is none, or it cannot be read. So are `owner`, `tags` and `schedule`."""
    owner: str | None
    """Who answers for it."""
    tags: tuple[str, ...] | None
    """In the order of the file."""
    schedule: ScheduleDocument | None
    """When it is built."""
    state: State
    """What needs somebody comes first in the list."""
    message: str
    """The state in one sentence for people."""
    state_since: datetime | None
    """When it began."""
    is_paused: bool | None
    """Whether Airflow starts no run; null: Airflow was not asked, or does not know the DAG."""
    next_run_at: datetime | None
    """When the next run is due."""
    last_build: BuildDocument | None
    """The build that was published last; null: none was, or nobody knows."""
    row_count: int | None
    """Rows of the build that readers see."""
    upstream_count: int
    """Tables that it reads or waits for itself, of those that one may read."""
    downstream_count: int
    """Tables that read it or wait for it themselves, of those that one may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDocument:
    """A column of a table."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    name: str
    """As readers see it."""
    data_type: str | None
    """As the file spells it; null: it says none."""
    description: str | None
    """What the file says of it."""
    is_personal_data: bool | None
    """Null: there is no file that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """What is wrong with the file, as lint says it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    level: Level
    """An `error` keeps the table from being built."""
    rule: str
    """Its name in the manual."""
    message: str
    """What is wrong."""
    fix: str | None
    """What to do."""
    line: int | None
    """From 1; null: it is the file as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDocument:
    """One table, with its columns and neighbours."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    table: TableSummary
    """As in the list."""
    columns: tuple[ColumnDocument, ...]
    """In their order: those that the file declares, else those of the build that readers see."""
    upstream: tuple[str, ...]
    """The tables that it reads or waits for itself."""
    downstream: tuple[str, ...]
    """The tables that read it or wait for it themselves."""
    file: str | None
    """Where it is declared; null: there is no file any more."""
    query: str | None
    """The SELECT as it is written."""
    problems: tuple[ProblemDocument, ...]
    """None: the file is good."""


def table_document(entry: Entry) -> TableDocument:
    """Of what somebody may see."""
    declaration = entry.declaration
    return TableDocument(
        table=table_summary(entry),
        columns=_columns(entry),
        upstream=declaration.neighbours.reads if declaration else (),
        downstream=declaration.neighbours.read_by if declaration else (),
        file=declaration.file if declaration else None,
        query=entry.declared.main_sql if entry.declared else None,
        problems=tuple(map(_problem, declaration.problems)) if declaration else (),
    )


def table_summary(entry: Entry) -> TableSummary:
    """Of what somebody may see."""
    declared, dag = entry.declared, entry.dag
    neighbours = entry.declaration.neighbours if entry.declaration else None
    return TableSummary(
        full_name=entry.full_name,
        dag_id=entry.table,
        schema=entry.schema or None,
        name=entry.table,
        description=declared.description.strip() or None if declared else None,
        owner=declared.owner if declared else None,
        tags=declared.tags if declared else None,
        schedule=_schedule(declared) if declared else None,
        state=entry.state.state,
        message=entry.state.sentence,
        state_since=entry.state.since,
        is_paused=dag.is_paused if dag else None,
        next_run_at=dag.next_run_at if dag else None,
        last_build=build_document(entry.newest, entry.live) if entry.newest else None,
        row_count=entry.live.rows if entry.live else None,
        upstream_count=len(neighbours.reads) if neighbours else 0,
        downstream_count=len(neighbours.read_by) if neighbours else 0,
    )


def _schedule(table: SummaryTable) -> ScheduleDocument:
    schedule = table.schedule
    return ScheduleDocument(
        cron=schedule.cron or None,
        after=schedule.tables,
        assets=tuple(parent.asset for parent in schedule.published if not isinstance(parent, str)),
        sources=tuple(source.table for source in schedule.sources),
        any_of=schedule.any_of,
        description=schedule_in_words(schedule),
    )


def _columns(entry: Entry) -> tuple[ColumnDocument, ...]:
    if entry.declared and entry.declared.columns:
        return tuple(
            ColumnDocument(
                name=column.name,
                data_type=column.type or None,
                description=column.description.strip() or None,
                is_personal_data=column.pii,
            )
            for column in entry.declared.columns
        )
    return tuple(
        ColumnDocument(name=name, data_type=None, description=None, is_personal_data=None)
        for name in entry.column_names
    )


def _problem(problem: Problem) -> ProblemDocument:
    return ProblemDocument(
        level=problem.level,
        rule=problem.rule,
        message=problem.message,
        fix=problem.fix or None,
        line=problem.line or None,
    )
