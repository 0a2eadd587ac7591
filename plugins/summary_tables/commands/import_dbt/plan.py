"""What becomes of each model, seed and snapshot: a file, a part of other queries, or nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from summary_tables.commands.import_dbt.node_depths import node_depths
from summary_tables.commands.import_dbt.relations import plain_name
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.configs.config import DEFAULTS_FILE
from summary_tables.configs.schema_files import load_schema
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import Model, Source

Fate = Literal["table", "inlined", "left"]
"""A file of its own; a part of the queries that read it; none, so that it is read where it stands."""
Views = Literal["inline", "table", "keep"]

_MOST_CHARACTERS: Final = int(load_schema("summary_table")["$defs"]["identifier"]["maxLength"])


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`fates` by unique id; `versions_schema` is where no table may stand."""

    manifest: Manifest
    fates: Mapping[str, Fate]

    def fate(self, unique_id: str) -> Fate:
        """Of a source, and of what is not known: left where it stands."""
        return self.fates.get(unique_id, "left")

    @cached_property
    def tables(self) -> tuple[Model, ...]:
        """What gets a file, each behind all that it reads."""
        chosen = [node for node in self.manifest.nodes.values() if self.fate(node.unique_id) == "table"]
        depths = node_depths(self.manifest).depths
        return tuple(sorted(chosen, key=lambda node: (depths[node.unique_id], node.relation.table)))

    def tables_read(self, node: Model) -> tuple[Model | Source, ...]:
        """The tables that the query of `node` reads, also through what is a part of it now, each once."""
        found: dict[str, Model | Source] = {}
        for unique_id in self._ids_read(node, set()):
            read = self.manifest.nodes.get(unique_id) or self.manifest.sources_by_id.get(unique_id)
            if read:
                found[unique_id] = read
        return tuple(found.values())

    def _ids_read(self, node: Model, seen: set[str]) -> Iterator[str]:
        for unique_id in node.depends_on:
            inner = self.manifest.nodes.get(unique_id)
            if self.fate(unique_id) != "inlined":
                yield unique_id
            elif inner and unique_id not in seen:
                seen.add(unique_id)
                yield from self._ids_read(inner, seen)


def relation_name(node: Model | Source) -> str:
    """How a query here names it."""
    return plain_name(node.relation.schema, node.relation.table)


def make_plan(manifest: Manifest, views: Views, versions_schema: str, remarks: Remarks) -> Plan:
    """Decides for each, and says why of those that get no file."""
    read = Counter(unique_id for node in manifest.nodes.values() for unique_id in node.depends_on)
    shown = {unique_id for exposure in manifest.exposures for unique_id in exposure.depends_on}
    fates: dict[str, Fate] = {}
    names: dict[str, Model] = {}
    for node in sorted(manifest.nodes.values(), key=lambda node: node.unique_id):
        is_read = bool(read[node.unique_id]) and node.unique_id not in shown
        fate = _fate(node, views, remarks, is_read=is_read)
        if fate == "table" and not _has_name(node, names, versions_schema, remarks):
            fate = "left"
        if fate == "table" and node.materialized in ("view", "materialized_view"):
            kind, name = node.materialized.replace("_", " "), relation_name(node)
            message = f"`{name}` was a {kind}, and is a table here, which a run does not put in the place of a {kind}"
            fix = f"where it stands in the warehouse, run `DROP {kind.upper()} {name}` before the first run"
            remarks.add(node.unique_id, node.path, message, fix)
        fates[node.unique_id] = fate
    _leave_endless(manifest, fates, remarks)
    for snapshot in manifest.snapshots:
        _say_snapshot(snapshot, manifest, fates, remarks)
    return Plan(manifest=manifest, fates=fates)


def _say_snapshot(node: Model, manifest: Manifest, fates: Mapping[str, Fate], remarks: Remarks) -> None:
    """What it reads of views that no file here has is dbt's to make, as before."""
    views = reversed([each.name for each in _parts(node, manifest, fates) if each.materialized == "view"])
    only = f"dbt: {{project: dbt/{node.package}, select: [{', '.join([*views, node.name])}]}}"
    remarks.add(
        node.unique_id,
        node.path,
        f"the snapshot `{node.name}` keeps what its query gave at each run; no file here does that",
        f"let dbt go on taking it: with the project in dbt/{node.package}, a file here with `{only}` and "
        f'`schedule: "@daily"` has Airflow do that, and tables that read it wait with '
        f"`after: [{relation_name(node)}]`",
    )


def _parts(node: Model, manifest: Manifest, fates: Mapping[str, Fate]) -> Iterator[Model]:
    """What it reads and what that reads, as far as it is a part of queries here, each once."""
    seen, waiting = set[str](), list(node.depends_on)
    while waiting:
        unique_id = waiting.pop()
        if fates.get(unique_id) == "inlined" and unique_id not in seen:
            seen.add(unique_id)
            yield manifest.nodes[unique_id]
            waiting += manifest.nodes[unique_id].depends_on


_MOST_IN_A_ROW: Final = 200


def _leave_endless(manifest: Manifest, fates: dict[str, Fate], remarks: Remarks) -> None:
    """What would be a part of a query again and again is none."""
    found, rows = node_depths(manifest), _parts_in_a_row(manifest, fates)
    for unique_id in (each for each, fate in fates.items() if fate == "inlined"):
        node = manifest.nodes[unique_id]
        if unique_id in found.in_circles:
            message = f"`{node.name}` reads what is made of itself, and dbt does not build that either"
            fix = "see what each of the models shall read"
        elif rows[unique_id] > _MOST_IN_A_ROW:
            message = (
                f"more than {_MOST_IN_A_ROW} models in a row lead to `{node.name}`, too many for a part of a query"
            )
            fix = "make a table of some of them in dbt"
        else:
            continue
        fates[unique_id] = "left"
        remarks.add(unique_id, node.path, message, fix, level="error")


def _parts_in_a_row(manifest: Manifest, fates: Mapping[str, Fate]) -> Mapping[str, int]:
    """Of each part of a query, how many are a part of another, up to itself."""
    depths, found = node_depths(manifest).depths, dict[str, int]()
    for unique_id in sorted((each for each, fate in fates.items() if fate == "inlined"), key=lambda each: depths[each]):
        parents = manifest.nodes[unique_id].depends_on
        found[unique_id] = 1 + max((found.get(each, 0) for each in parents), default=0)
    return found


def _fate(node: Model, views: Views, remarks: Remarks, *, is_read: bool) -> Fate:
    if node.resource_type == "snapshot":
        return "left"
    if node.language != "sql":
        message = f"`{node.name}` is written in {node.language}; a file here holds one query"
        remarks.add(
            node.unique_id, node.path, message, "write it as a SELECT, or let dbt go on building it", level="error"
        )
        return "left"
    if node.materialized == "ephemeral":
        if not is_read:
            remarks.add(
                node.unique_id, node.path, f"nothing reads `{node.name}`, so nothing was made of it", level="info"
            )
        return "inlined"
    if node.materialized == "view":
        return _fate_of_view(views, is_read=is_read)
    if node.materialized in ("table", "incremental", "seed", "materialized_view"):
        return "table"
    message = f"`{node.name}` is materialized as `{node.materialized}`, which is no table, view or seed"
    remarks.add(
        node.unique_id, node.path, message, "let dbt go on building it, or make a table of it there", level="error"
    )
    return "left"


def _fate_of_view(views: Views, *, is_read: bool) -> Fate:
    """A view that other models read is a part of their queries; one that people read is a table of its own."""
    if views == "keep":
        return "left"
    return "inlined" if views == "inline" and is_read else "table"


def _has_name(node: Model, names: dict[str, Model], versions_schema: str, remarks: Remarks) -> bool:
    """Whether its table can be called as it is; if not, that is said."""
    schema, table = node.relation.schema, node.relation.table
    wrong = next((name for name in (schema, table) if not _is_name(name)), None)
    reads = f"until then it is read as `{relation_name(node)}`"
    if wrong is not None:
        message = f"`{wrong}` is no name that a table here can have: small letters, digits and `_`, at most 63 of them"
        key = "an `alias`" if wrong == table else "another `schema`"
        remarks.add(node.unique_id, node.path, message, f"give it {key} in dbt; {reads}", level="error")
        return False
    if f"{table}.yaml" == DEFAULTS_FILE or schema == versions_schema:
        what = f"the file {DEFAULTS_FILE}" if schema != versions_schema else f"the schema {versions_schema}"
        message = f"`{schema}.{table}` cannot be a table here: {what} holds what all tables share"
        remarks.add(node.unique_id, node.path, message, f"give it another name in dbt; {reads}", level="error")
        return False
    other = names.setdefault(table, node)
    if other is not node:
        message = f"`{relation_name(other)}` is called `{table}`, too, and a file is called after its table"
        fix = f"give one of the two an `alias` in dbt; {reads}"
        remarks.add(node.unique_id, node.path, message, fix, level="error")
    return other is node


def _is_name(name: str) -> bool:
    return plain_name(name) == name and len(name.encode()) <= _MOST_CHARACTERS and name != "" and name[0] != '"'
