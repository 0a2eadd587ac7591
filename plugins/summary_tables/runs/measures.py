"""What is measured of builds, checks and lateness, under names that dashboards rely on. Pure: nothing is sent here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from summary_tables.model.build import Build
from summary_tables.model.check_run import CheckRun
from summary_tables.model.incident import Incident
from summary_tables.model.table import SummaryTable

MetricKind = Literal["counter", "gauge", "timer"]
"""A timer is measured in seconds, and counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """`of_table`: there is one for each table; otherwise one for all."""

    name: str
    kind: MetricKind
    words: str
    of_table: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A value of a metric; `schema` and `table` are empty where it is about all."""

    metric: Metric
    value: float
    schema: str = ""
    table: str = ""


BUILDS: Final = Metric(name="summary_tables.builds", kind="counter", words="Builds that were published.")
ROWS: Final = Metric(
    name="summary_tables.rows",
    kind="gauge",
    words="Rows of the build that was published last; of a growing table, its own.",
)
BUILD_SECONDS: Final = Metric(
    name="summary_tables.build_seconds", kind="timer", words="How long the query of a published build took."
)
CHECKS: Final = Metric(name="summary_tables.checks", kind="counter", words="Checks that were run, each try.")
CHECK_FAILURES: Final = Metric(
    name="summary_tables.check_failures",
    kind="counter",
    words="Checks that did not hold, or could not be asked, and stopped the run.",
)
CHECK_WARNINGS: Final = Metric(
    name="summary_tables.check_warnings", kind="counter", words="The same of checks that let the run go on."
)
LATE_SECONDS: Final = Metric(
    name="summary_tables.late_seconds", kind="gauge", words="For how long a table has been late; 0: it is not."
)
INCIDENT_SECONDS: Final = Metric(
    name="summary_tables.incident_seconds",
    kind="gauge",
    words="For how long something has been wrong with a table; 0: nothing is.",
)
LATE_TABLES: Final = Metric(
    name="summary_tables.late_tables", kind="gauge", words="Tables that are late.", of_table=False
)
OPEN_INCIDENTS: Final = Metric(
    name="summary_tables.open_incidents", kind="gauge", words="Incidents that are open.", of_table=False
)
OLDEST_INCIDENT_SECONDS: Final = Metric(
    name="summary_tables.oldest_incident_seconds", kind="gauge", words="The age of the oldest of them.", of_table=False
)

METRICS: Final[tuple[Metric, ...]] = (
    BUILDS,
    ROWS,
    BUILD_SECONDS,
    CHECKS,
    CHECK_FAILURES,
    CHECK_WARNINGS,
    LATE_SECONDS,
    INCIDENT_SECONDS,
    LATE_TABLES,
    OPEN_INCIDENTS,
    OLDEST_INCIDENT_SECONDS,
)


def of_build(table: SummaryTable, build: Build) -> Iterator[Measure]:
    """Of a build that was published."""
    yield _measure(BUILDS, 1, table.schema, table.table)
    yield _measure(ROWS, build.rows, table.schema, table.table)
    if build.built_at is not None:
        seconds = max((build.built_at - build.started_at).total_seconds(), 0)
        yield _measure(BUILD_SECONDS, seconds, table.schema, table.table)


def of_check(table: SummaryTable, checked: CheckRun) -> Iterator[Measure]:
    """Of a check that was run."""
    yield _measure(CHECKS, 1, table.schema, table.table)
    if not checked.passed:
        failed = CHECK_FAILURES if checked.severity == "error" else CHECK_WARNINGS
        yield _measure(failed, 1, table.schema, table.table)


def of_watch(
    late: Mapping[tuple[str, str], timedelta], incidents: Iterable[Incident], now: datetime
) -> Iterator[Measure]:
    """Of a look at all tables. `late`: by schema and name of each that is looked after, for how long it has been late.

    Zero: it is on time. `incidents` are those that are open.
    """
    ages: dict[tuple[str, str], float] = dict.fromkeys(late, 0)
    open_ages = []
    for incident in incidents:
        age = max((now - incident.opened_at).total_seconds(), 0)
        key = (incident.schema, incident.table)
        ages[key] = max(ages.get(key, 0), age)
        open_ages.append(age)
    for (schema, table), span in late.items():
        yield _measure(LATE_SECONDS, span.total_seconds(), schema, table)
    for (schema, table), age in ages.items():
        yield _measure(INCIDENT_SECONDS, age, schema, table)
    yield Measure(metric=LATE_TABLES, value=sum(span > timedelta(0) for span in late.values()))
    yield Measure(metric=OPEN_INCIDENTS, value=len(open_ages))
    yield Measure(metric=OLDEST_INCIDENT_SECONDS, value=max(open_ages, default=0))


def _measure(metric: Metric, value: float, schema: str, table: str) -> Measure:
    return Measure(metric=metric, value=value, schema=schema, table=table)
