"""The versions of a table that stand, and what showing each of them to readers would mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summary_tables.catalog.entry import Entry
from summary_tables.model.build import Build
from summary_tables.model.version import Version, VersionState
from summary_tables.text.english import counted, listed, plural

_STATES: dict[VersionState, str] = {
    "live": "readers see it",
    "published": "published before",
    "rolled back": "rolled back",
    "not published": "never published",
    "before": "the plain table before",
    "added": "added to another version",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """`effect` says what a roll-back to it would do; empty: it cannot be shown, or readers see it."""

    version: Version
    state: str
    effect: str = ""

    @property
    def build(self) -> Build:
        """The build that made it."""
        return self.version.build


def version_rows(entry: Entry) -> tuple[VersionRow, ...]:
    """Newest first."""
    versions = entry.history.versions if entry.history else ()
    live = next((version for version in versions if version.state == "live"), None)
    return tuple(
        VersionRow(
            version=version,
            state=_STATES[version.state],
            effect=_effect(version, live, versions) if version.can_be_shown and version is not live else "",
        )
        for version in versions
    )


def _effect(version: Version, live: Version | None, versions: Sequence[Version]) -> str:
    grows = any(each.grows for each in versions)
    return " ".join([*_rows(version, live), *_columns(version, live), _afterwards(grows=grows)])


def _rows(version: Version, live: Version | None) -> Iterator[str]:
    if version.state == "before":
        yield "Readers would see the plain table that stood there before."
        return
    rows = version.build.rows
    if live is None:
        yield f"Readers would see {counted(rows, 'row')}."
        return
    more = rows - live.build.rows
    than = "as many as now" if not more else f"{abs(more):,} {'more' if more > 0 else 'fewer'} than now"
    yield f"Readers would see {counted(rows, 'row')}, {than}."


def _columns(version: Version, live: Version | None) -> Iterator[str]:
    if live is None or not version.build.columns:
        return
    then, now = version.build.columns, live.build.columns
    gone = [name for name in now if name not in then]
    back = [name for name in then if name not in now]
    if gone:
        yield f"The {plural(len(gone), 'column')} {listed(gone)} would be missing."
    if back:
        yield f"The {plural(len(back), 'column')} {listed(back)} would be there again."


def _afterwards(*, grows: bool) -> str:
    if grows:
        return "What later runs added is left out until they are repeated; the next run adds its rows to it."
    return "The next run that publishes replaces it; to keep it, pause the DAG."
