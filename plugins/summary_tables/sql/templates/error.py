"""A mistake in a template, as an exception: the parser and the evaluation stop at the first of an expression."""

from summary_tables.model.problem import Finding, Span


class TemplateError(Exception):
    """A template that cannot be filled in; its text is what lint says of it, on one line, without a full stop.

    `depends_on_values`: with other dates, or in a branch that is taken, it might be filled in. `may_be_text`: inside a
    text of SQL, the braces may be meant as they are.
    """

    def __init__(self, mistake: Finding[Span], *, depends_on_values: bool = False, may_be_text: bool = False) -> None:
        advice = f"; fix: {mistake.fix}" if mistake.fix else ""
        super().__init__(f"{mistake.message}{advice}")
        self.mistake = mistake
        self.depends_on_values = depends_on_values
        self.may_be_text = may_be_text

    @property
    def sentence(self) -> str:
        """What is said where a run, or what goes before it, stops at the template."""
        return f"The query has a template that cannot be filled in: {self}."


class TooMuchWorkError(TemplateError):
    """The limit of a template is reached, whatever is still to come."""


_LONGEST_QUOTE = 60


def quote(sql: str, start: int, end: int) -> str:
    """What stands there, as a message repeats it: on one line, and cut where it is long."""
    text = " ".join(sql[start : min(end, start + 4 * _LONGEST_QUOTE)].split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


def template_error(
    start: int, end: int, message: str, fix: str = "", *, depends_on_values: bool = False, may_be_text: bool = False
) -> TemplateError:
    """The mistake in the characters from `start` up to `end` of the SQL."""
    mistake = Finding(place=Span(start, max(end - start, 1)), message=message, fix=fix)
    return TemplateError(mistake, depends_on_values=depends_on_values, may_be_text=may_be_text)
