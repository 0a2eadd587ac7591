"""Which deprecated tables a file still reads or waits for, and what is said of that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import main_sources
from summary_tables.model.problem import Finding, Place
from summary_tables.model.usage import Deprecation


@dataclass(frozen=True, slots=True, kw_only=True)
class DeprecatedSource:
    """A deprecated table of the folder that a file names. `how`: what the file does with it, at `place`."""

    name: str
    owner: str
    deprecation: Deprecation
    how: str
    place: Place

    @property
    def is_over(self) -> bool:
        """The day until which it stays has passed (UTC)."""
        return self.deprecation.after < today()


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def deprecated_sources(file: TableFile, folder: ConfigFolder) -> Iterator[DeprecatedSource]:
    """Each table once, at the first place that names it: in the query, or else in `after`."""
    found: dict[str, DeprecatedSource] = {}
    for name, how, place in _named(file):
        other = folder.by_name.get(name)
        deprecation = other.config.table.deprecated if other and other is not file else None
        if other and deprecation and name not in found:
            owner = other.config.table.owner
            found[name] = DeprecatedSource(name=name, owner=owner, deprecation=deprecation, how=how, place=place)
    yield from found.values()


def finding(source: DeprecatedSource) -> Finding[Place]:
    """That somebody has to read another table, by when."""
    words = source.deprecation
    ends = f"was to go after {words.after}" if source.is_over else f"goes after {words.after}"
    advice = f"take {words.use}, which its file names in its place" if words.use else _ask(source)
    return Finding(
        place=source.place, message=f"{source.how} {source.name}, which is deprecated and {ends}", fix=advice
    )


def _ask(source: DeprecatedSource) -> str:
    return f"ask its owner, {source.owner}, what to take in its place"


def _named(file: TableFile) -> Iterator[tuple[str, str, Place]]:
    yield from ((source.name, "`main_sql` reads", source.place) for source in main_sources(file))
    for name, path in table_paths(file.config.table.schedule):
        yield name, "`after` waits for", file.place_of_setting(path)
