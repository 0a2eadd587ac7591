"""The two tables that somebody names, and what differs between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summary_tables.commands.options.known_config import as_in_its_file
from summary_tables.commands.options.known_table import known_table
from summary_tables.commands.options.warehouse import Connected
from summary_tables.commands.usage_error import UsageError
from summary_tables.model.data_bounds import Bounds
from summary_tables.model.failure import Refusal
from summary_tables.model.table import Limits, SummaryTable
from summary_tables.model.version import Version
from summary_tables.model.version_name import looks_like_version
from summary_tables.runs.data_diff.table_data import TableData
from summary_tables.sql.quoting import schema_and_name
from summary_tables.text.moments import due_text
from summary_tables.warehouse.data_diff.compare import compare
from summary_tables.warehouse.data_diff.key import NO_KEY, Key, key_in_file
from summary_tables.warehouse.data_diff.relation import Relation, standing
from summary_tables.warehouse.history.target import live_version, version_before, version_of_run, versions_named
from summary_tables.warehouse.history.versions import known_tables, versions_of_table
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session, open_session


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """`schema` and `relation` say where it stands, `name` is what people call it, and `words` say that in full.

    `table` is as its file describes it, as far as known.
    """

    schema: str
    relation: str
    name: str
    words: str
    table: SummaryTable | None = None


def compared(at: Connected, before: str, after: str | None, key: tuple[str, ...], bounds: Bounds) -> TableData:
    """What differs. Raises UsageError where there is no such table, and `WarehouseError`."""
    sides = (_named(at, before), _named(at, after)) if after is not None else _two_builds(at, before)
    tables = [side.table for side in sides if side.table]
    private = frozenset(name for table in tables for name in table.pii_columns)
    chosen = Key(columns=key, origin="option") if key else _key_of(tables)
    limits = Limits(timeout_minutes=bounds.minutes)
    shows_values = at.samples and not private
    with (
        open_session(at.connection, at.warehouse, limits, shows_values=shows_values) as session,
        session.transaction(read_only=True, keep=False),
    ):
        old, new = (_relation(session, side, private) for side in sides)
        words = f"Comparing {sides[0].name} with {sides[1].name}"
        found = compare(session, old, new, chosen, shows_values=at.samples, bounds=bounds, what=words)
    data = TableData(
        table=f"{sides[0].name} and {sides[1].name}", before_words=sides[0].words, after_words=sides[1].words
    )
    return replace(data, refusal=found) if isinstance(found, Refusal) else replace(data, diff=found)


def _key_of(tables: Iterable[SummaryTable]) -> Key:
    return next((key for key in map(key_in_file, tables) if key.columns), NO_KEY)


def _relation(session: Session, side: _Side, private: frozenset[str]) -> Relation:
    found = standing(session, side.schema, side.relation)
    if not found.columns:
        raise UsageError(f"{side.name} does not stand in this warehouse")
    return replace(found, private=found.private | private)


def _name_of(table: SummaryTable) -> tuple[str, str]:
    return table.schema, table.table


def _named(at: Connected, given: str) -> _Side:
    """A version by its name, else a table with its schema, else one that the build log knows."""
    if looks_like_version(given):
        return _Side(schema=at.warehouse.versions_schema, relation=given, name=given, words=f"the version `{given}`")
    of, at_sign, run = given.partition("@")
    if at_sign:
        table = _known(at, of)
        found = _version(table, versions_of_table(at.connection, table, at.warehouse), run)
        return _build(at, table, found, f"`{table.full_name}`")
    schema, name = schema_and_name(given) or _name_of(_known(at, given))
    table = as_in_its_file(SummaryTable(table=name, schema=schema, main_sql=""))
    return _Side(schema=schema, relation=name, name=f"{schema}.{name}", words=f"`{schema}.{name}`", table=table)


def _two_builds(at: Connected, given: str) -> tuple[_Side, _Side]:
    """What readers saw before, and what they see."""
    table = _known(at, given)
    versions = versions_of_table(at.connection, table, at.warehouse)
    live = live_version(versions)
    try:
        earlier = version_before(table.full_name, versions)
    except WarehouseError:
        earlier = None
    if live is None or earlier is None or live == earlier:
        raise UsageError(
            f"there is no build that readers of {table.full_name} saw before the one that they see; name both sides: a "
            f"table, or {table.full_name}@RUN with a run that `summary-tables versions {table.full_name}` lists"
        )
    return (
        _build(at, table, earlier, f"`{table.full_name}` as readers saw it before"),
        _build(at, table, live, f"`{table.full_name}` as they see it now"),
    )


def _version(table: SummaryTable, versions: Sequence[Version], run: str) -> Version:
    """Also one that readers have never seen, e.g. as a check failed. Raises `WarehouseError`."""
    whole = [version for version in versions_named(versions, run, table.timezone) if version.state != "added"]
    return whole[0] if len(whole) == 1 else version_of_run(table, versions, run)


def _known(at: Connected, given: str) -> SummaryTable:
    return as_in_its_file(known_table(given, known_tables(at.connection, at.warehouse)))


def _build(at: Connected, table: SummaryTable, version: Version, words: str) -> _Side:
    due = due_text(table.timezone, version.build.run_at)
    name = version.build.version
    return _Side(
        schema=at.warehouse.versions_schema, relation=name, name=name, words=f"{words}, the build of {due}", table=table
    )
