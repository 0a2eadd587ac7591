"""What must not be published, or need not be, because of what is in the table already. Pure.

`base` is the version that increments are added to: a whole build, the first increment, or, without a run, the plain
table that was there before, of which nobody knows what it covers.
"""

from collections.abc import Sequence

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import anew_words, interval_text, reach_of, run_moment
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import due_text, moment_text
from summary_tables.warehouse.increments.strategies import strategy_named


def why_skipped(table: SummaryTable, increment: Build, base: Build, since: Sequence[Build]) -> str:
    """Why nothing needs to be done for `increment`, as `base` has its rows, in plain sentences; empty if it lacks them.

    `since` are the increments in `base` that began to be built after it.
    """
    for build in _newer(increment, base, since):
        if _holds_all(build, increment):
            return (
                f"A newer build of this interval is in {table.full_name} already: it began at "
                f"{moment_text(table.timezone, build.started_at)}, this one at "
                f"{moment_text(table.timezone, increment.started_at)}. "
                "Nothing needs to be done."
            )
    if strategy_named(increment.strategy).DOUBLES and any(_reaches(build, increment) for build in _whole(base)):
        return (
            f"The whole table was built by the run of {due_text(table.timezone, base.run_at)}, which covers this "
            "run's interval, "
            f"{interval_text(table.timezone, increment)}; adding its rows would double them. Nothing needs to be done. "
            f"{anew_words(table)}"
        ).strip()
    return ""


def why_not_added(
    table: SummaryTable, increment: Build, base: Build, since: Sequence[Build], first: Build | None
) -> str:
    """Why `increment`, which is not skipped, must not be added to `base`, in plain sentences; empty if it may.

    `since` as above; `first` is the increment that was the first to be added to `base`.
    """
    strategy = strategy_named(increment.strategy)
    overlapping = next((build for build in _newer(increment, base, since) if strategy.collides(build, increment)), None)
    if overlapping:
        return (
            f"A newer build of a part of this interval is in {table.full_name} already: that of "
            f"{interval_text(table.timezone, overlapping)}, while this one is of "
            f"{interval_text(table.timezone, increment)}. "
            "Clear `create` of this run in Airflow to build it once more."
        )
    if first and not base.run_id and strategy.DOUBLES and _lies_before(increment, first, table):
        return (
            f"{table.full_name} was a plain table with rows of its own when the first run added some, that of "
            f"{interval_text(table.timezone, first)}. Whether those of {interval_text(table.timezone, increment)} "
            "are among them is not known; "
            "if so, adding them would double them. Nothing was changed. If they are missing, write `start` with the "
            f"first day of which runs add the rows (`refresh: {{{increment.strategy}: {{start: ...}}}}`) and clear "
            "`publish` of this run in Airflow."
        )
    return ""


def why_not_emptied(table: SummaryTable, increment: Build | BuildRun, rows: int, deleted: int) -> str:
    """Why `increment`, which has so many `rows`, must not take away `deleted` ones; empty if it may."""
    if rows or not deleted or table.refresh.may_be_empty:
        return ""
    those = f"the {deleted:,} rows" if deleted > 1 else "the 1 row"
    return (
        f"The query gives no rows for {interval_text(table.timezone, increment)}, and publishing that would delete "
        f"{those} that "
        f"{table.full_name} has of this time. Nothing was changed. If the source no longer has them, leave this run as "
        "it is. If there must be none, write `may_be_empty: true` "
        f"(`refresh: {{{_with_may_be_empty(table)}}}`) and clear `publish` of this run in Airflow."
    )


def _with_may_be_empty(table: SummaryTable) -> str:
    refresh = table.refresh
    named = strategy_named(refresh.strategy).columns(refresh)
    columns = {option: names[0] if len(names) == 1 else f"[{', '.join(names)}]" for option, names in named.items()}
    start = {"start": f'"{refresh.start:%Y-%m-%d}"'} if refresh.start else {}
    options = {**columns, **start, "may_be_empty": "true"}
    return f"{refresh.strategy}: {{{', '.join(f'{key}: {value}' for key, value in options.items())}}}"


def why_not_shown(table: SummaryTable, whole: Build, base: Build, newest: Build | None, since: Sequence[Build]) -> str:
    """Why the `whole` build must not take the place of `base`; empty if it may.

    `newest` is the increment of the latest interval in `base`, `since` are those that began to be built after `whole`.
    """
    if since:
        return (
            f"While this build of the whole table {table.full_name} was under way, the rows of "
            f"{interval_text(table.timezone, since[0])} were added; publishing it would lose them. Nothing was "
            "changed. "
            "Start the run again while no other run of the table is under way."
        )
    if not table.refresh.is_incremental:
        return ""
    later = next((b for b in (newest, *_whole(base)) if b and not _reaches(whole, b)), None)
    if later:
        return (
            f"This build of the whole table {table.full_name} ends with "
            f"{due_text(table.timezone, run_moment(whole))}, but readers "
            f"have rows up to {due_text(table.timezone, run_moment(later))}; publishing it would lose them. Nothing "
            "was changed. "
            'Start a new run with {"full_refresh": true} and without a date.'
        )
    return ""


def _newer(increment: Build, base: Build, since: Sequence[Build]) -> list[Build]:
    return [build for build in (*since, *_whole(base)) if build.started_at > increment.started_at]


def _lies_before(increment: Build, first: Build, table: SummaryTable) -> bool:
    """Is it of a time before the table was ours, of which the file does not say that runs add the rows?"""
    begins = increment.interval_start or run_moment(increment)
    if table.refresh.start and begins >= table.refresh.start:
        return False
    moment = run_moment(increment)
    return moment <= (first.interval_start or run_moment(first)) and moment != run_moment(first)


def _whole(base: Build) -> tuple[Build, ...]:
    """`base`, if it is a whole build of a run."""
    return (base,) if reach_of(base) else ()


def _holds_all(newer: Build, increment: Build) -> bool:
    if newer.is_whole:
        return _reaches(newer, increment)
    return strategy_named(increment.strategy).holds(newer, increment)


def _reaches(build: Build, other: Build) -> bool:
    """Does `build` cover the end of the other one's interval?"""
    if build.interval_end is None or other.interval_end is None:
        return build.run_at >= other.run_at
    return build.interval_end >= other.interval_end
