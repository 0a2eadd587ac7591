"""What a name in a query can mean: the items of FROM, joined, and what stands around a query in brackets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summary_tables.sql.column_lineage.origins import ColumnOrigin, Origin, joined
from summary_tables.sql.column_lineage.relation import Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One item of FROM under its name. `qualified`: with the schema, where that may be written before a column."""

    alias: str
    relation: Relation
    qualified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromItems:
    """FROM, or one join of it. `star` is what `*` stands for; `merged` are columns that USING makes one of two."""

    sources: tuple[Source, ...] = ()
    star: Relation = field(default_factory=Relation)
    merged: frozenset[str] = frozenset()
    is_natural: bool = False
    rows: tuple[Origin, ...] = ()
    order: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a name can mean in an expression. `aliases`: what the select list calls its columns, where that counts."""

    found: FromItems = field(default_factory=FromItems)
    windows: Origin = field(default_factory=Origin)
    aliases: tuple[ColumnOrigin, ...] = ()
    outer: "Scope | None" = None


def side_by_side(left: FromItems, right: FromItems) -> FromItems:
    """Both, each with all its names."""
    return FromItems(
        sources=(*left.sources, *right.sources),
        star=Relation(
            columns=(*left.star.columns, *right.star.columns), hidden=(*left.star.hidden, *right.star.hidden)
        ),
        merged=left.merged | right.merged,
        is_natural=left.is_natural or right.is_natural,
        rows=(*left.rows, *right.rows),
        order=(*left.order, *right.order),
    )


def merged_columns(one: FromItems, other: FromItems, using: Iterable[str], *, is_natural: bool) -> list[ColumnOrigin]:
    """The columns that a join makes one of two, in their order."""
    names = list(using)
    if is_natural:
        left, right = ([column.name for column in side.star.columns] for side in (one, other))
        names = [name for name in left if name in right or other.star.hidden]
        names += [name for name in right if name not in left and one.star.hidden]
    return [
        ColumnOrigin(name=name, value=joined(each for side in (one, other) for each in side.star.named(name)))
        for name in names
    ]


def candidates(name: str, scope: Scope) -> Iterator[Origin]:
    """What a column without the name of its table may be, the nearest first."""
    inner: Scope | None = scope
    while inner:
        found, is_certain = _here(name, inner)
        yield from found
        if is_certain:
            return
        inner = inner.outer


def _here(name: str, scope: Scope) -> tuple[Sequence[Origin], bool]:
    """Of one level, and whether none further out can be meant."""
    sources = scope.found.sources
    aliases = [column.value for column in scope.aliases if column.name == name]
    known = [origin for source in sources for origin in source.relation.known(name)]
    perhaps = [origin for source in sources for origin in source.relation.perhaps(name)]
    if name in scope.found.merged or (known and scope.found.is_natural):
        return [joined((*known, *perhaps)), *aliases], True
    if known:
        return [*known, *aliases], True
    # A column further out comes before a whole row of this level.
    whole = [source.relation.everything for source in sources if source.alias == name]
    return [*aliases, *perhaps, *whole], False
