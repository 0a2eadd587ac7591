"""A summary table and what belongs to it: what the rest of the code talks about.

The records hold no rules: `schemas/` says what a file may contain, `configs` checks it and fills these in.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal

from summary_tables.checks import Check, CheckName, check_names
from summary_tables.model.alerts import AS_OTHERS, Priority, TableAlerts
from summary_tables.model.full_name import full_name
from summary_tables.model.parents import AssetParent, Parent, SourceParent
from summary_tables.model.placeholders import fill_names
from summary_tables.model.row_source import CellSource, CsvFile, Export, GoogleSheet
from summary_tables.model.usage import Deprecation, Use
from summary_tables.text.moments import UTC_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a table is built: at the times of `cron`, or when all of `after` is there, or by hand.

    With both, a run begins at each time of `cron` and waits for `after`. `any_of`: one of `after` is enough. A run that
    waits does so for `wait_hours` at most.
    """

    cron: str = ""
    after: tuple[Parent, ...] = ()
    any_of: bool = False
    wait_hours: float = 12

    @property
    def tables(self) -> tuple[str, ...]:
        """The summary tables in `after`, by full name."""
        return tuple(parent for parent in self.after if isinstance(parent, str))

    @property
    def sources(self) -> tuple[SourceParent, ...]:
        """The tables in `after` that others fill."""
        return tuple(parent for parent in self.after if isinstance(parent, SourceParent))

    @property
    def published(self) -> tuple[str | AssetParent, ...]:
        """What of `after` Airflow hears of when it is published: summary tables and assets of others."""
        return tuple(parent for parent in self.after if not isinstance(parent, SourceParent))

    @property
    def starts_runs(self) -> tuple[str | AssetParent, ...]:
        """What starts a run by being published."""
        return () if self.cron else self.published

    @property
    def awaited(self) -> tuple[Parent, ...]:
        """What a run waits for once it has begun."""
        return self.after if self.cron else self.sources

    @property
    def is_by_hand(self) -> bool:
        """No run starts by itself."""
        return not (self.cron or self.starts_runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """What a run does with the rows of the query.

    `replace`: they are the whole table. Otherwise they are an increment, and `strategy` names the module of
    `warehouse/increments/` that says what becomes of them. Which options a strategy has is said in the schema. Where
    `start` is given, every interval since that moment, a midnight of the table's zone, gets its run. `may_be_empty`: an
    increment without rows takes away those of its interval.
    """

    strategy: str = "replace"
    time_column: str = ""
    unique_key: tuple[str, ...] = ()
    start: datetime | None = None
    may_be_empty: bool = False

    @property
    def is_incremental(self) -> bool:
        """A run builds a part of the table."""
        return self.strategy != "replace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Physical layout. The first four are Redshift's, the last two PostgreSQL's."""

    diststyle: Literal["auto", "even", "key", "all"] | None = None
    distkey: str | None = None
    sortkey: tuple[str, ...] = ()
    sortstyle: Literal["compound", "interleaved"] | None = None
    fillfactor: int | None = None
    tablespace: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index that every new version gets before it is checked (PostgreSQL only)."""

    columns: tuple[str, ...]
    unique: bool = False
    method: Literal["btree", "hash", "gin", "gist", "brin"] = "btree"


DEFAULT_POOL: Final = "default_pool"
"""The pool that Airflow always has."""

PERSONAL_DATA: Final = "Personal data."
"""How the warehouse's comment on a column with personal data ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredColumn:
    """A column that the file says the query gives. `type` is as the file spells it; empty: any.

    `header` is what a CSV file or a sheet calls it; empty: as it is called here. `pii`: it holds personal data, of
    which no value is to be shown.
    """

    name: str
    type: str = ""
    header: str = ""
    description: str = ""
    checks: tuple[Check, ...] = ()
    pii: bool = False

    @property
    def comment(self) -> str:
        """What the warehouse says of it; empty: nothing."""
        sentence = self.description.strip()
        if not self.pii:
            return sentence
        end = "" if not sentence or sentence.endswith((".", "!", "?")) else "."
        return f"{sentence}{end} {PERSONAL_DATA}".lstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """Roles that may read the published table. Grants made by others are never revoked."""

    select: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a session in the warehouse holds its statements to. None: what the warehouse itself says.

    `timeout_minutes` is the time of a whole step, `statement_timeout_minutes` that of one statement in it.
    """

    timeout_minutes: float | None = None
    statement_timeout_minutes: float | None = None
    work_mem_mb: int | None = None

    @property
    def longest_minutes(self) -> float | None:
        """How long one statement may run: never longer than its step."""
        given = (self.statement_timeout_minutes, self.timeout_minutes)
        return min((minutes for minutes in given if minutes is not None), default=None)


NO_LIMITS: Final = Limits()


CheckStep = Literal["input_check", "output_check"]
"""Before the build, or of the new version before readers see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """One file of `dag_configs/`, with the values it inherits from `defaults.yaml` filled in.

    Its rows come from one of `main_sql`, `google_sheet` and `csv`. `columns` are all that the query must give; none:
    whatever it gives. Their checks stand in `output_check`, too, behind those that the file has there. Without
    `full_refresh`, no run may build a table anew as a whole that grows. `fresh_by` and `fresh_within`: see the schema.
    `timezone` is the zone of its schedule, of the days and times in its queries, and of all that is said of it.
    """

    table: str
    schema: str
    main_sql: str = ""
    google_sheet: GoogleSheet | None = None
    csv: CsvFile | None = None
    description: str = ""
    owner: str = "data"
    tags: tuple[str, ...] = ()
    priority: Priority = "normal"
    alerts: TableAlerts = AS_OTHERS
    schedule: Schedule = Schedule()
    timezone: str = UTC_NAME
    refresh: Refresh = Refresh()
    full_refresh: bool = True
    fresh_by: time | None = None
    fresh_within: timedelta | None = None
    conn_id: str = "warehouse"
    pool: str = DEFAULT_POOL
    max_active_runs: int = 1
    retries: int = 1
    retry_delay_minutes: int = 5
    timeout_minutes: float = 120
    statement_timeout_minutes: float | None = None
    lock_timeout_minutes: float = 10
    max_rows: int | None = None
    work_mem_mb: int | None = None
    attributes: Attributes = Attributes()
    indexes: tuple[Index, ...] = ()
    grants: Grants = Grants()
    deprecated: Deprecation | None = None
    used_by: tuple[Use, ...] = ()
    columns: tuple[DeclaredColumn, ...] = ()
    input_check: tuple[Check, ...] = ()
    output_check: tuple[Check, ...] = ()
    export: Export | None = None

    @property
    def cells(self) -> CellSource | None:
        """The cells of which the table is made; None: a query gives its rows."""
        return self.csv or self.google_sheet

    @property
    def file_that_starts_it(self) -> CsvFile | None:
        """The file that has it built when it changes; None: it has a schedule, or is no file's."""
        return self.csv if self.schedule.is_by_hand else None

    @property
    def full_name(self) -> str:
        """`schema.table`, as people write it and as the asset is called."""
        return full_name(self.schema, self.table)

    @property
    def pii_columns(self) -> frozenset[str]:
        """The columns with personal data."""
        return frozenset(column.name for column in self.columns if column.pii)

    def shows_values(self, *, samples: bool) -> bool:
        """May the warehouse's words about its rows be repeated? `samples`: the deployment's setting."""
        return samples and not self.pii_columns

    def checks(self, step: CheckStep) -> tuple[Check, ...]:
        """One of the two lists."""
        return self.input_check if step == "input_check" else self.output_check

    def check_names(self, step: CheckStep) -> tuple[CheckName, ...]:
        """What the checks of one list are called, in its order."""
        names = check_names(self.checks(step))
        return tuple(CheckName(label=self._filled(name.label), key=self._filled(name.key)) for name in names)

    def _filled(self, words: str) -> str:
        return fill_names(words, schema=self.schema, table=self.table)

    def column_of_check(self, index: int) -> str:
        """The column below which the file has `output_check[index]`; empty where it stands in `output_check` itself."""
        owners = [column.name for column in self.columns for _ in column.checks]
        place = index - (len(self.output_check) - len(owners))
        return owners[place] if place >= 0 else ""

    @property
    def limits(self) -> Limits:
        """What its queries are held to in the warehouse."""
        return Limits(
            timeout_minutes=self.timeout_minutes,
            statement_timeout_minutes=self.statement_timeout_minutes,
            work_mem_mb=self.work_mem_mb,
        )
