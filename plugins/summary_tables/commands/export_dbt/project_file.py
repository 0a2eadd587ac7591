"""A file of the project that is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """`path` is relative to the project, with `/` between its parts."""

    path: str
    text: str
