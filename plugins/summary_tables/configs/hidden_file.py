"""A file that cannot be used, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import WHOLE_FILE, Finding, Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenFile:
    """A file that cannot be used, and why; `document`: what it says, where only keys or values are wrong."""

    path: Path
    problems: tuple[Problem, ...]
    document: YamlDocument | None = None


def hidden_file(path: Path, wrong: Iterable[Finding[Place]], document: YamlDocument | None = None) -> HiddenFile:
    """The file at `path`, in which these things are wrong."""
    return HiddenFile(path=path, problems=tuple(Problem.of(found, path) for found in wrong), document=document)


def failed_file(path: Path, error: Exception, document: YamlDocument | None = None) -> HiddenFile:
    """The file at `path`, of which checking raised `error`."""
    return HiddenFile(path=path, problems=(mistake_of_the_program(path, error),), document=document)


def mistake_of_the_program(path: Path, error: Exception) -> Problem:
    """What is said where checking a file raised: the others must be checked all the same."""
    message = f"checking the file failed ({type(error).__name__}: {error}); that is a mistake of the program"
    fix = "report it together with the file; until then, write the last change in another way"
    return Problem.of(Finding(place=WHOLE_FILE, rule="file", message=message, fix=fix), path)
