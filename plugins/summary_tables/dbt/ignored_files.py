"""The files of a project that dbt does not read: `.dbtignore` has patterns as a `.gitignore` has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

IGNORE_FILE: Final = ".dbtignore"
# Somebody's text must not keep whoever reads it.
_MOST_PATTERNS: Final = 1_000
_MOST_PARTS: Final = 50
_WORD: Final = re.compile(r"\\.|\[[!^]?\]?[^\]]*\]|.", re.DOTALL)


class _Pattern(NamedTuple):
    """`parts` are those between slashes. `is_folder`: it means folders alone, and so what is below them."""

    parts: tuple[str, ...]
    is_folder: bool
    is_ignored: bool

    def means(self, steps: tuple[str, ...]) -> bool:
        """Whether a file, by the folders to it and its name, is meant, or is below what is."""
        reached = {0}
        for index, part in enumerate(self.parts):
            if part == "**":
                is_last = index == len(self.parts) - 1
                reached = set(range(min(reached) + is_last, len(steps) + 1))
            else:
                reached = {at + 1 for at in reached if at < len(steps) and fnmatchcase(steps[at], part)}
            if not reached:
                return False
        return min(reached) < len(steps) + (not self.is_folder)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Of the patterns that mean a file the last one counts.

    As against git, dbt looks at each file alone: one of a folder that is ignored may be read all the same.
    """

    patterns: tuple[_Pattern, ...] = ()

    def has(self, path: str) -> bool:
        """Whether dbt leaves it out; `path` is from the project's folder."""
        steps = tuple(path.split("/"))
        return next((each.is_ignored for each in reversed(self.patterns) if each.means(steps)), False)


def ignored_by(text: str) -> Ignored:
    """What a `.dbtignore` of this text says."""
    return Ignored(tuple(_patterns(text)))


def _patterns(text: str) -> Iterator[_Pattern]:
    for line in text.splitlines()[:_MOST_PATTERNS]:
        written = line if line.endswith("\\ ") else line.rstrip()
        wanted = written.removeprefix("!")
        parts = tuple("".join(map(_word, _WORD.findall(part))) for part in wanted.strip("/").split("/"))
        if not any(parts) or len(parts) > _MOST_PARTS or written.startswith("#"):
            continue
        is_folder, is_anywhere = wanted.endswith("/"), "/" not in wanted.rstrip("/")
        while is_folder and len(parts) > 1 and parts[-1] == "**":
            parts = parts[:-1]
        yield _Pattern(
            parts=("**", *parts) if is_anywhere and parts != ("**",) else parts,
            is_folder=is_folder,
            is_ignored=not written.startswith("!"),
        )


def _word(word: str) -> str:
    """As `fnmatch` has it."""
    if word.startswith("\\") and len(word) > 1:
        return f"[{word[1]}]"
    return f"[!{word[2:]}" if word.startswith("[^") else word
