"""One query with templates: read, judged and filled in. See the package's own words on what it promises."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates import static_names
from summary_tables.sql.templates.bounds import MOST_UNKNOWN_NAMES
from summary_tables.sql.templates.dates import template_dates
from summary_tables.sql.templates.error import TemplateError, TooMuchWorkError
from summary_tables.sql.templates.evaluation import Evaluation, Fragment
from summary_tables.sql.templates.nodes import Statement
from summary_tables.sql.templates.pieces import Piece, pieces
from summary_tables.sql.templates.statements import StatementParser
from summary_tables.sql.templates.texts import QuotedSql, as_it_is

_MARKS = ("{{", "{%", "{#")
_START = datetime(2026, 11, 21, 3, tzinfo=UTC)
_SAMPLE = template_dates(logical_date=_START, start=_START, end=_START + timedelta(days=1), due=_START)


def fill_in(sql: str, dates: Mapping[str, object], dialect: Dialect) -> tuple[Fragment, ...]:
    """`sql` with its templates filled in. `dates` are those of `template_dates`.

    Raises `TemplateError` for the first mistake, whose words are those of lint.
    """
    if not any(mark in sql for mark in _MARKS):
        return (Fragment(sql, 0, len(sql), True),) if sql else ()
    body, errors = _read(sql, dialect)
    if errors:
        raise errors[0]
    return tuple(Evaluation(sql, dates).run(body))


def filled_in(sql: str, dates: Mapping[str, object], dialect: Dialect) -> str:
    """The same as one text."""
    return "".join(fragment.text for fragment in fill_in(sql, dates, dialect))


def statements(sql: str) -> tuple[Statement, ...]:
    """What the templates of `sql` say, whatever the names in them mean. Raises `TemplateError`."""
    return StatementParser(sql, list(pieces(sql))).read()


@lru_cache(maxsize=4096)
def mistakes(sql: str, dialect: Dialect) -> tuple[Finding[Span], ...]:
    """Why a run could not fill in `sql`, in the order of its text: it is tried once, with the dates of a sample."""
    if not any(mark in sql for mark in _MARKS):
        return ()
    body, errors = _read(sql, dialect)
    return tuple(dict.fromkeys(error.mistake for error in errors or _tried(sql, body)))


def _read(sql: str, dialect: Dialect) -> tuple[tuple[Statement, ...], list[TemplateError]]:
    """What the template says, and what is wrong with it whatever the dates."""
    found = list(pieces(sql))
    parser = StatementParser(sql, found)
    quoted = QuotedSql(sql, found, dialect)
    try:
        body = parser.read()
    except TemplateError as error:
        return (), _in_order((*parser.errors, error), sql, found, quoted)
    # While something cannot be read, a name may have got its value there.
    names = () if parser.errors else islice(static_names.unknown_names(sql, body), MOST_UNKNOWN_NAMES)
    errors = (*parser.errors, *names, *quoted.mistakes(found, body))
    return body, _in_order(errors, sql, found, quoted)


def _tried(sql: str, body: tuple[Statement, ...]) -> list[TemplateError]:
    """What goes wrong with the dates of the sample."""
    trial = Evaluation(sql, _SAMPLE, is_trial=True)
    try:
        for _ in trial.run(body):
            pass
    except TooMuchWorkError as error:
        return [error]
    return sorted(trial.errors, key=lambda error: error.mistake.place.offset)


def _in_order(
    errors: Iterable[TemplateError], sql: str, found: Sequence[Piece], quoted: QuotedSql
) -> list[TemplateError]:
    explained = (_with_other_meaning(error, sql, found, quoted) for error in errors)
    return sorted(explained, key=lambda error: error.mistake.place.offset)


def _with_other_meaning(error: TemplateError, sql: str, found: Sequence[Piece], quoted: QuotedSql) -> TemplateError:
    """Inside a text of SQL the fix also shows how to write braces that mean themselves."""
    mistake = error.mistake
    piece = found[max(bisect_right(found, mistake.place.offset, key=lambda piece: piece.start) - 1, 0)]
    if not error.may_be_text or quoted.around(piece.start) is None:
        return error
    mark = sql[piece.start : piece.start + 2]
    fixes = (mistake.fix if mark == "{{" else "", as_it_is(mark))
    return TemplateError(replace(mistake, fix="; ".join(filter(None, fixes))))
