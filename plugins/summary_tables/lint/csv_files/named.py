"""A CSV file that somebody names, as pre-commit does: its tables are judged."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from summary_tables.configs.config import paths
from summary_tables.configs.file_content import NoContent, read_content

_ENDINGS = frozenset({".csv", ".tsv", ".txt"})


def with_tables(named: Iterable[Path]) -> Iterator[Path]:
    """The paths, in place of each CSV file the files of the tables that are made of it, if there are any."""
    for path in named:
        tables = tuple(_tables_of(path)) if path.suffix.lower() in _ENDINGS else ()
        yield from tables or (path,)


def _tables_of(csv: Path) -> Iterator[Path]:
    for folder in csv.parents:
        inner = csv.relative_to(folder).as_posix().encode()
        found = [path for path in paths(folder) if _names(path, inner)]
        yield from found
        # A folder of configs stands in none.
        if found:
            return


def _names(path: Path, inner: bytes) -> bool:
    content = read_content(path)
    return not isinstance(content, NoContent) and inner in content
