"""Walks what a template says, with the dates of a run: the text that the warehouse gets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from summary_tables.sql.templates.error import TemplateError, TooMuchWorkError, template_error
from summary_tables.sql.templates.functions import kind_in_words
from summary_tables.sql.templates.nodes import For, If, Node, Output, Set, Statement, Text
from summary_tables.sql.templates.scopes import Scopes, loop_values
from summary_tables.sql.templates.values import AlreadySaidError, Unknown, Values
from summary_tables.sql.templates.work import Work


class Fragment(NamedTuple):
    """Text of the result, and the `length` characters at `start` of the SQL that it is copied from or stands for."""

    text: str
    start: int
    length: int
    is_copied: bool


class Evaluation:
    """One run through a template. `errors`: what is wrong in it; a run stops at the first, a trial goes on.

    A trial also visits the branches that the dates do not lead to: what goes wrong there whatever the dates is wrong.
    """

    def __init__(self, sql: str, dates: Mapping[str, object], *, is_trial: bool = False) -> None:
        self._sql = sql
        self._is_trial = is_trial
        self._scopes = Scopes(dates)
        self._work = Work()
        self._values = Values(sql, self._scopes, self._work, is_trial=is_trial)
        self.errors: list[TemplateError] = []

    def run(self, body: Sequence[Statement]) -> Iterator[Fragment]:
        """What `body` becomes. Raises `TemplateError`, but in a trial."""
        for statement in body:
            try:
                yield from self._statement(statement)
            except AlreadySaidError:
                pass
            except TooMuchWorkError:
                raise
            except TemplateError as error:
                if not self._is_trial:
                    raise
                if self._scopes.is_taken or not error.depends_on_values:
                    self.errors.append(error)
                if isinstance(statement, Set):
                    self._scopes.set(dict.fromkeys(statement.names, Unknown()))

    def _statement(self, statement: Statement) -> Iterator[Fragment]:
        match statement:
            case Text(start=start, end=end):
                yield self._fragment(statement, self._sql[start:end], is_copied=True)
            case Output():
                yield self._fragment(statement, self._values.shown(statement.value), is_copied=False)
            case Set():
                self._set(statement)
            case If():
                yield from self._if(statement)
            case For():
                yield from self._for(statement)

    def _fragment(self, statement: Text | Output, text: str, *, is_copied: bool) -> Fragment:
        self._work.add(statement, text)
        return Fragment(text, statement.start, statement.end - statement.start, is_copied)

    def _set(self, statement: Set) -> None:
        if statement.value is None:
            with self._scopes.scope({}):
                text = "".join(fragment.text for fragment in self.run(statement.body))
            self._scopes.set({statement.names[0]: text})
            self._work.take_away(text)
            return
        self._scopes.set(self._bound(statement.names, self._values.value(statement.value), statement.value))

    def _bound(self, names: tuple[str, ...], value: object, node: Node) -> dict[str, object]:
        if len(names) == 1:
            return {names[0]: value}
        if not isinstance(value, list) or len(value) != len(names):
            raise template_error(node.start, node.end, f"{len(names)} names need a list of {len(names)} values")
        return dict(zip(names, value, strict=True))

    def _if(self, statement: If) -> Iterator[Fragment]:
        is_found = False
        for condition, body in statement.branches:
            if is_found and not self._is_trial:
                return
            with self._scopes.branch(taken=not is_found):
                holds = bool(self._values.tried(condition))
            yield from self._body(body, taken=holds and not is_found)
            is_found = is_found or holds
        yield from self._body(statement.otherwise, taken=not is_found)

    def _body(self, body: Sequence[Statement], *, taken: bool) -> Iterator[Fragment]:
        if taken or self._is_trial:
            with self._scopes.branch(taken=taken):
                yield from self.run(body)

    def _for(self, statement: For) -> Iterator[Fragment]:
        items = self._values.value(statement.values)
        if not isinstance(items, list):
            values = statement.values
            raise template_error(values.start, values.end, f"`for` needs a list; this is {kind_in_words(items)}")
        chosen = [item for item in items if self._is_chosen(statement, item)]
        for index, item in enumerate(chosen):
            self._work.count(statement.values, 1)
            names = {**self._bound(statement.names, item, statement.values), **loop_values(index, len(chosen))}
            with self._scopes.scope(names):
                yield from self.run(statement.body)
        if not chosen:
            yield from self._body(statement.otherwise, taken=True)

    def _is_chosen(self, statement: For, item: object) -> bool:
        if statement.condition is None:
            return True
        with self._scopes.scope(self._bound(statement.names, item, statement.values)):
            return bool(self._values.value(statement.condition))
