"""How a mistake in a file is reported: what is wrong, where, and what to do."""

from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, Self, TypeVar

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
    """A mechanical mend: the characters from `start` up to `end` (from 0) of the file's text become `text`."""

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


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One mistake in one file.

    `line` and `column` count from 1; 0 means the file as a whole. `length`: how many characters of the line are meant.
    `message` says what is wrong, `fix` what to do (empty: the message says it all), `edit` does it where it can be done
    without judgement.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    fix: str = ""
    level: Level = "error"
    length: int = 1
    edit: Edit | None = field(default=None, compare=False)

    @classmethod
    def at(
        cls,
        file: str,
        place: Place,
        *,
        rule: str,
        message: str,
        fix: str = "",
        level: Level = "error",
        edit: Edit | None = None,
    ) -> Self:
        """The problem that stands at `place` of `file`."""
        return cls(
            file=file,
            line=place.line,
            column=place.column,
            length=place.length,
            rule=rule,
            message=message,
            fix=fix,
            level=level,
            edit=edit,
        )

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
