"""How a mistake in a file is reported: what is wrong, where, and what to do."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Literal, NamedTuple, Self, TypeVar

from summary_tables.model.shown_name import shown_name
from summary_tables.text.visible import visible_lines

Level = Literal["error", "warning", "info"]
"""`error`: the file does not work. `warning`: it works, and is likely to be wrong. `info`: worth a look."""

LEVELS: tuple[Level, ...] = ("error", "warning", "info")


class Place(NamedTuple):
    """Where something stands in a file. `line` and `column` count from 1; `length` is in characters of that line."""

    line: int
    column: int
    length: int = 1


WHOLE_FILE = Place(0, 0, 0)


class Span(NamedTuple):
    """Characters of one text, such as a query; `offset` counts from 0."""

    offset: int
    length: int = 1

    @property
    def end(self) -> int:
        """The offset of what follows."""
        return self.offset + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A mechanical fix: the characters from `start` up to `end` (from 0) of the file's text become `text`."""

    start: int
    end: int
    text: str


Where = TypeVar("Where")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Generic[Where]):
    """One mistake. `place`: in a file (`Place`), in a text (`Span`), or the path of a value in YAML.

    `message` says what is wrong, `fix` what to do (empty: the message says it all), `edit` does it where it can be done
    without judgement. `rule` and `level` are left out where whoever asks knows them.
    """

    place: Where
    message: str
    fix: str = ""
    rule: str = ""
    level: Level = "error"
    edit: Edit | None = field(default=None, compare=False)


def reading_order(finding: Finding[Place]) -> tuple[str | int, ...]:
    """By which the findings of one file are sorted: by place, and then so that the order is always the same."""
    line, column, length = finding.place
    return line, column, finding.rule, finding.message, finding.fix, finding.level, length


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Finding[Place]):
    """A finding in the file at `path`; `file` is what messages call that. Problems sort by file and place."""

    path: Path
    file: str

    @classmethod
    def of(
        cls, finding: Finding[Place], path: Path, *, file: str = "", rule: str = "", level: Level | None = None
    ) -> Self:
        """`finding` in the file at `path`; `rule` and `level` where the finding leaves them out."""
        return cls(
            path=path,
            file=file or shown_name(path),
            place=finding.place,
            rule=rule or finding.rule,
            level=level or finding.level,
            message=finding.message,
            fix=finding.fix,
            edit=finding.edit,
        )

    @property
    def line(self) -> int:
        """From 1; 0 means the file as a whole."""
        return self.place.line

    @property
    def column(self) -> int:
        """From 1; 0 means the file as a whole."""
        return self.place.column

    @property
    def length(self) -> int:
        """How many characters of the line are meant."""
        return self.place.length

    def __lt__(self, other: "Problem") -> bool:
        return (self.file, *reading_order(self)) < (other.file, *reading_order(other))

    def __str__(self) -> str:
        """`file:line:col: error[rule] message; fix: what to do`, on one line."""
        advice = f"; fix: {self.fix}" if self.fix else ""
        return f"{self.headline}{advice}"

    @property
    def headline(self) -> str:
        """`file:line:col: error[rule] message`."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{where}: {self.level}[{self.rule}] {self.message}"


class ConfigError(Exception):
    """Files that cannot be used. Raised only at borders that cannot return problems; its text is lint's."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(visible_lines("\n".join(map(str, problems))))
        self.problems = problems
