"""What is said of a view that is dropped and created again with wider columns. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.text.english import plural
from summary_tables.warehouse.columns.compatibility import Widening, divided_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Something that reads the published view, itself or through others, or depends on it in another way.

    `what` it is (`view`, `function f()`); schema and name where it is a view. `blocked`: a role cannot create it again,
    because of itself or of what it reads.
    """

    what: str
    schema: str = ""
    name: str = ""
    owner: str = ""
    blocked: bool = True

    @property
    def full_name(self) -> str:
        """`view analytics.v`, `function f()`."""
        return f"{self.what} {self.schema}.{self.name}" if self.name else self.what

    def __str__(self) -> str:
        return f"{self.full_name}, which belongs to {self.owner}" if self.owner else self.full_name


def listed(widenings: Sequence[Widening]) -> str:
    """Which columns, and how."""
    return ", ".join(map(str, widenings))


def rebuilt_words(table: str, widenings: Sequence[Widening], views: Sequence[str]) -> str:
    """What was done, in plain sentences."""
    again = f"The views that read it were created again: {', '.join(views)}." if views else ""
    what = f"{table} has wider columns now: {listed(widenings)}."
    return " ".join(filter(None, (what, again, divided_words(widenings))))


def rebuilding_words(widenings: Sequence[Widening], readers: Sequence[Reading]) -> str:
    """What publishing would do besides, as the rest of a sentence and sentences behind it."""
    if not widenings:
        return "."
    columns = f", and widen the {plural(len(widenings), 'column')} {listed(widenings)}."
    views = ", ".join(f"{each.schema}.{each.name}" for each in readers)
    again = f"The views that read it would be created again: {views}." if views else ""
    return " ".join(filter(None, (columns, again, divided_words(widenings))))


def blocked_words(table: str, widenings: Sequence[Widening], readers: Sequence[Reading], role: str) -> str:
    """Why the view cannot be dropped and created again by `role`, and what can be done; empty if it can."""
    blocked = [str(each) for each in readers if each.blocked]
    if not blocked:
        return ""
    many = len(blocked) > 1
    them, order = ("these", ", in this order") if many else ("this", "")
    owners, they, are = ("Their owners drop", "they", "are") if many else ("Its owner drops", "it", "is")
    return (
        f"{table} cannot get its wider columns ({listed(widenings)}) because of: {'; '.join(blocked)}. "
        f"The role {role} cannot create {them} again. Nothing was changed. "
        f"{owners} {'them' if many else 'it'}{order}; then the publish task runs again; then {they} {are} created "
        "again, on the wider columns."
    )


def unbuilt_words(table: str, widenings: Sequence[Widening], view: Reading, why: str) -> str:
    """Why one of the views that read the table stops the publishing, and what can be done."""
    return (
        f"{table} cannot get its wider columns ({listed(widenings)}) because of: {view}. It could not be created again "
        f"on them: {why} Nothing was changed. Its owner drops it, and first what reads it; then the publish task "
        "runs again; then it is created again, on the wider columns."
    )


def base_words(table: str, retyped: Sequence[str], readers: Sequence[Reading]) -> str:
    """Why the version that a table's rows are added to cannot get wider columns."""
    return (
        f"The rows of {table} cannot get the wider types of the new ones ({', '.join(retyped)}) because of: "
        f"{'; '.join(map(str, readers))}. That reads the build itself, and not {table}. Nothing was changed. "
        f"Its owner lets it read {table} instead, or drops it; then the publish task runs again."
    )


def unwidened(table: str, columns: Sequence[str]) -> str:
    """Where the warehouse cannot change the types of a table's columns in a transaction (Redshift)."""
    one = len(columns) == 1
    return (
        f"The rows of this run have {'a wider type' if one else 'wider types'} in {', '.join(columns)} than those of "
        f"{table}, and this warehouse cannot widen {'it' if one else 'them'} while readers go on. Nothing was changed. "
        'Start a run with {"full_refresh": true}, which builds the table with the wider '
        f"type{'' if one else 's'}."
    )
