"""How a mistake in a file is reported: what is wrong, where, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One mistake in one file.

    `line` and `column` count from 1; 0 means the file as a whole.
    `message` says what is wrong, `fix` what to do (empty: the message says it all).
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    fix: str = ""

    def __str__(self) -> str:
        """`file:line:column: error[rule] message; fix: what to do`, on one line."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        advice = f"; fix: {self.fix}" if self.fix else ""
        return f"{where}: error[{self.rule}] {self.message}{advice}"


class ConfigError(Exception):
    """Files that cannot be used. Raised only at borders that cannot return problems; its text is lint's."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
