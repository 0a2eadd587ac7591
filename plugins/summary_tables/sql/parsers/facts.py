"""What a query says, worked out from its blocks and from where its parts are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parsers.block import Block, Cte, Item, Source
from summary_tables.sql.parsers.clauses import Target, Written
from summary_tables.sql.query import OutputColumn, Query, TableRead

Scope = Mapping[str, Cte]
"""The CTEs that a name may mean."""

_MOST_COLUMNS = 1_600
"""PostgreSQL's limit for a table. Stars over stars over stars double with each."""


def query(block: Block, written: Written) -> Query:
    """All of `Query`. Raises RecursionError for a query nested too deep."""
    one_row = _OneRow().certainly(block, {}, limit_counts=False)
    tables = tuple(sorted(set(_tables(block, written.dialect)), key=lambda read: read.offset))
    times = written.current_times()
    return Query(
        tables=tables,
        columns=_known_columns(block, written),
        order_by=written.order_by(),
        limits_without_order=written.limits_without_order(one_row=one_row),
        current_times=times,
        null_comparisons=written.null_comparisons(),
        returns_one_row=_OneRow().certainly(block, {}),
        never_negative=_never_negative(block),
        is_constant=not (tables or times or _calls(block)),
    )


def _children(block: Block, scope: Scope) -> Iterator[tuple[Block, Scope]]:
    """The blocks straight inside `block`, each with the CTEs it may name."""
    inside = dict(scope)
    if block.is_recursive:
        inside |= {cte.name: cte for cte in block.ctes}
    for cte in block.ctes:
        yield cte.block, dict(inside)
        inside[cte.name] = cte
    for child in (*block.branches, *block.inner, *(source.block for source in block.sources if source.block)):
        yield child, inside


def _scope(block: Block, scope: Scope) -> Scope:
    """The CTEs that FROM of `block` may name."""
    return {**scope, **{cte.name: cte for cte in block.ctes}} if block.ctes else scope


def _tables(block: Block, dialect: Dialect) -> Iterator[TableRead]:
    waiting: list[tuple[Block, Scope]] = [(block, {})]
    while waiting:
        current, around = waiting.pop()
        names = _scope(current, around)
        sources = current.sources if dialect.grammar.unnests_columns else ()
        for place, source in enumerate(current.sources):
            is_unnested = source.table and _is_unnested(source.table, sources, place)
            if source.table and not is_unnested and _cte(source, names) is None:
                yield source.table
        waiting += _children(current, around)


def _is_unnested(table: TableRead, sources: Sequence[Source], place: int) -> bool:
    """Whether what looks like a table is a column of an item of FROM, or what an earlier item was named."""
    if table.schema:
        return any(source.alias == table.schema for source in sources)
    named = (source.alias for source in sources[:place] if source.table is None or source.alias != source.table.name)
    return table.name in named


def _cte(source: Source, scope: Scope) -> Cte | None:
    """The CTE that a table's name means; it hides the table, unless a schema is written."""
    return scope.get(source.table.name) if source.table and not source.table.schema else None


def _calls(block: Block) -> bool:
    waiting = [block]
    while waiting:
        current = waiting.pop()
        if current.calls:
            return True
        waiting += [child for child, _ in _children(current, {})]
    return False


class _OneRow:
    """Whether a block certainly has no second row. Each block is asked once: CTEs may name each other many times."""

    def __init__(self) -> None:
        self._known: dict[int, bool] = {}

    def certainly(self, block: Block, scope: Scope, *, limit_counts: bool = True) -> bool:
        """`limit_counts=False`: even without its LIMIT."""
        if block.takes_one and limit_counts:
            return True
        if block.branches or block.makes_rows or block.is_grouped:
            return False
        if block.value_rows:
            return block.value_rows == 1
        names = _scope(block, scope)
        return block.aggregates or all(self._source(source, names) for source in block.sources)

    def _source(self, source: Source, scope: Scope) -> bool:
        cte = _cte(source, scope)
        block = cte.block if cte else source.block
        if block is None:
            return False
        if id(block) not in self._known:
            self._known[id(block)] = self.certainly(block, _without(scope, cte))
        return self._known[id(block)]


def _never_negative(block: Block) -> bool:
    return not block.branches and len(block.items) == 1 and block.items[0].never_negative


def _known_columns(block: Block, written: Written) -> tuple[OutputColumn, ...]:
    """Where EXCLUDE leaves some out, at any depth, which are left is not worked out."""
    columns = _columns(block, written)
    return tuple(column for column in columns if column.is_star) if written.has_exclude() else columns


def _columns(block: Block, written: Written) -> tuple[OutputColumn, ...]:
    """None where the select list could not be told apart in the text."""
    first, scope = _first_branch(block, {})
    targets: Sequence[Target] = written.targets()
    if first.value_rows or len(targets) != len(first.items):
        return _columns_without_place(first, written)
    return tuple(
        column
        for item, target in zip(first.items, targets, strict=True)
        for column in _expanded(item, _column(item, target, written), first, scope)
    )


def _columns_without_place(block: Block, written: Written) -> tuple[OutputColumn, ...]:
    """Those of VALUES and of `TABLE t`, whose columns have no text of their own."""
    if not block.value_rows and any(item.star is None for item in block.items):
        return ()
    token = next(iter(written.tokens), None)
    offset = token.start if token else 0
    return tuple(
        OutputColumn(
            name=item.name,
            text="*" if item.star is not None else item.name,
            is_named=item.is_named,
            is_star=item.star is not None,
            star_over_table=item.star is not None,
            offset=offset,
            length=token.end - offset if token else 1,
        )
        for item in block.items
    )


def _first_branch(block: Block, scope: Scope) -> tuple[Block, Scope]:
    scope = _scope(block, scope)
    while block.branches:
        block = block.branches[0]
        scope = _scope(block, scope)
    return block, scope


def _column(item: Item, target: Target, written: Written) -> OutputColumn:
    offset, text = written.expression(target, has_alias=item.has_alias)
    return OutputColumn(
        name=item.name,
        text=text,
        is_named=item.is_named,
        has_alias=item.has_alias,
        is_star=item.star is not None,
        star_over_table=item.star is not None,
        offset=offset,
        length=len(text),
    )


def _expanded(item: Item, column: OutputColumn, block: Block, scope: Scope) -> Iterator[OutputColumn]:
    """The column itself, or those that a star over CTEs and subqueries stands for."""
    if item.star is None:
        yield column
        return
    names = _star_names(block, item.star, scope)
    if names is None:
        yield replace(column, star_over_table=_takes_from_table(block, item.star, scope))
        return
    for name, is_named in names:
        yield replace(column, name=name, is_named=is_named, is_star=False, star_over_table=False)


def _takes_from_table(block: Block, star: str, scope: Scope) -> bool:
    """Whether a star has columns straight from a table or view, also through stars of CTEs and subqueries."""
    waiting = [(block, star, scope)]
    seen: set[tuple[int, str]] = set()
    while waiting:
        current, name, around = waiting.pop()
        if (id(current), name) in seen:
            continue
        seen.add((id(current), name))
        for source in (source for source in current.sources if not name or source.alias == name):
            cte = _cte(source, around)
            if source.table and not cte:
                return True
            inner = cte.block if cte else source.block
            if inner:
                first, names = _first_branch(inner, _without(around, cte))
                waiting += [(first, item.star, names) for item in first.items if item.star is not None]
    return False


def _without(scope: Scope, cte: Cte | None) -> Scope:
    """What can be named inside a CTE; without its own name a recursive one is not asked again and again."""
    return {name: found for name, found in scope.items() if found is not cte}


def _star_names(block: Block, star: str, scope: Scope) -> list[tuple[str, bool]] | None:
    """Names of the columns that a star stands for; None where only the warehouse knows them."""
    sources = [source for source in block.sources if not star or source.alias == star]
    if not sources or (block.merges_columns and not star):
        return None
    names: list[tuple[str, bool]] = []
    for source in sources:
        found = _source_names(source, scope)
        if found is None:
            return None
        names += found
        if len(names) > _MOST_COLUMNS:
            return None
    return names


def _source_names(source: Source, scope: Scope) -> list[tuple[str, bool]] | None:
    cte = _cte(source, scope)
    block = cte.block if cte else source.block
    if block is None:
        return None
    names = _block_names(block, _without(scope, cte))
    renamed = (*source.columns, *(cte.columns if cte else ())[len(source.columns) :])
    return None if names is None else [(name, True) for name in renamed] + names[len(renamed) :]


def _block_names(block: Block, scope: Scope) -> list[tuple[str, bool]] | None:
    first, scope = _first_branch(block, scope)
    names: list[tuple[str, bool]] = []
    for item in first.items:
        found = [(item.name, item.is_named)] if item.star is None else _star_names(first, item.star, scope)
        if found is None:
            return None
        names += found
    return names
