"""What people are told, before a notifier lays it out: the same words in Slack, in an e-mail and in a log."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a fact's value. `is_code`: a name as it stands in a file."""

    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what it is: `Owner growth`. The first of `pieces` is the value, the others are said beside it."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`label` leads to `url`; an empty `url` leads nowhere, and is left out."""

    url: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list below a title, one plain sentence each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message.

    `sign` is the emoji before the `headline`, `explanation` says why in one sentence, `since` how long already, `live`
    what readers see now. `details` is a table of plain text, `query` the statement it is about. `context` is what is
    said in small: DAG, run, the next run. `is_urgent`: somebody should look at once, and a notifier may call people.
    `words` is the whole of it in one line of plain words, for a log and for notifications.
    """

    sign: str
    headline: str
    words: str
    explanation: str = ""
    since: str = ""
    live: str = ""
    details: str = ""
    lists: tuple[Bullets, ...] = ()
    facts: tuple[Fact, ...] = ()
    query: str = ""
    links: tuple[Link, ...] = ()
    context: tuple[str, ...] = ()
    is_urgent: bool = False
