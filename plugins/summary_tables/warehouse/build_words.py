"""What a run did, for its log in Airflow."""

from summary_tables.model import Build
from summary_tables.warehouse.increment import spoken_interval


def built_words(table: str, build: Build) -> str:
    """What was built."""
    if build.strategy == "replace":
        return f"Built {table} with {_rows(build.rows)} as version {build.version}."
    return (
        f"Built the increment of {spoken_interval(build)} of {table}: {_rows(build.rows)}, as version {build.version}."
    )


def published_words(table: str, build: Build) -> str:
    """What readers see since it was published; of an increment, which rows went and came."""
    if build.strategy == "replace":
        return f"Published {table}: {_rows(build.rows)}."
    run = f"the run of {spoken_interval(build)}"
    if build.applied is None:
        return f"The rows of {run} are in {table} already: nothing was done."
    if build.applied_to == build.version:
        return f"Published {table}, which begins with {_rows(build.rows)} of {run}."
    skipped = build.rows - build.applied.inserted
    words = f"Added {_rows(build.applied.inserted)} of {run} to {table}, and removed {_rows(build.applied.deleted)}"
    newer = f"; {_rows(skipped)} had newer values there already" if skipped else ""
    return f"{words} that they replace{newer}."


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
