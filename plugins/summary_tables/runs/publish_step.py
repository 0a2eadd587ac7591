"""The step of a run that shows readers the new version, and what is said of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from summary_tables.model.build import Build
from summary_tables.model.failure import Refusal
from summary_tables.model.table import SummaryTable
from summary_tables.runs.messages import published_words
from summary_tables.runs.missing_rows import hole_words, missing_words
from summary_tables.runs.run import Run, attempted
from summary_tables.warehouse.increments.holes import hole_before
from summary_tables.warehouse.publish import publish_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """`words` and `warnings` are for the log. `hole`: what people are told of rows missing before those of this run."""

    build: Build
    words: str
    warnings: tuple[str, ...] = ()
    hole: str = ""


def publish(run: Run, version: str, *, may_lose_rows: bool) -> Published | Refusal:
    """Make `version` what readers see, or add it to that."""
    table, samples = run.table, run.config.settings.samples

    def show() -> Build:
        with run.open_session(shows_values=table.shows_values(samples=samples)) as session:
            return publish_version(session, table, version, may_lose_rows=may_lose_rows)

    build = attempted(show)
    if isinstance(build, Refusal):
        return build
    own = hole_before(table, build) if build.holes else None
    return Published(
        build=build,
        words=published_words(table, build),
        warnings=tuple(_warnings(table, build)),
        hole=hole_words(table, [own]) if own else "",
    )


def _warnings(table: SummaryTable, build: Build) -> Iterator[str]:
    if build.missing:
        yield missing_words(table, build.missing)
    if build.holes:
        yield hole_words(table, build.holes)
