"""A model's query with the views and ephemeral models that it reads in it, as WITH."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from summary_tables.commands.import_dbt.model_code import Code, code_of
from summary_tables.commands.import_dbt.plan import Plan, relation_name
from summary_tables.commands.import_dbt.project import DbtProject
from summary_tables.commands.import_dbt.relations import (
    declared_names,
    places,
    plain_name,
    replaced,
    short_names,
    short_names_in,
    without_templates,
)
from summary_tables.commands.import_dbt.renames import Renames, renames
from summary_tables.commands.import_dbt.template_names import relation_text
from summary_tables.commands.new.query_text import tidied
from summary_tables.dbt.not_understood import NotUnderstood
from summary_tables.dbt.records import Model, Source
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.tokens.tokens import Token, quoted_spans, tokens

_EPHEMERAL = "__dbt__cte__"


@dataclass(frozen=True, kw_only=True)
class NoQuery:
    """What only dbt knows of a query: of the model itself, or of one that is a part of it."""

    model: Model
    reason: NotUnderstood


@dataclass(kw_only=True)
class Queries:
    """The SQL of all models of a project, in the words of a config."""

    project: DbtProject
    plan: Plan
    dialect: Dialect
    _codes: dict[str, Code | NotUnderstood] = field(default_factory=dict)
    _renames: dict[str, Renames | None] = field(default_factory=dict)

    def code(self, model: Model) -> Code | NotUnderstood:
        """With dbt's own names in it, and without the ephemeral models that dbt puts in."""
        if model.unique_id not in self._codes:
            found = code_of(model, self.project)
            self._codes[model.unique_id] = found if isinstance(found, NotUnderstood) else self._bare(model, found)
        return self._codes[model.unique_id]

    def _bare(self, model: Model, code: Code) -> Code:
        whole, increment = (
            self._with_full_names(model, without_ephemeral(self._tidied(sql), self.dialect))
            for sql in (code.whole, code.increment)
        )
        return Code(whole=whole, increment=increment, not_understood=code.not_understood)

    def _with_full_names(self, model: Model, sql: str) -> str:
        """`ref('x').schema` and `ref('x').identifier` are `ref('x')`, too."""
        for node in self._read(model):
            relation = node.relation
            for start, end in reversed([*short_names(sql, relation.schema, relation.table, self.dialect)]):
                sql = f"{sql[:start]}{relation_text(node)}{sql[end:]}"
        return sql

    def read_by_name(self, model: Model, sql: str) -> Iterator[Model]:
        """Views that are a part of other queries, and that the query reads without asking dbt for them."""
        found = dict.fromkeys(short_names_in(sql, self.dialect))
        nodes = (self._views[name] for name in found if name in self._views)
        yield from (node for node in nodes if node.unique_id != model.unique_id)

    @cached_property
    def _views(self) -> Mapping[tuple[str, str], Model]:
        """Those that are a part of other queries, by schema and name in small letters."""
        return {
            (node.relation.schema.lower(), node.relation.table.lower()): node
            for node in self.project.manifest.models
            if self.plan.fate(node.unique_id) == "inlined" and node.materialized == "view"
        }

    def _tidied(self, sql: str) -> str:
        return tidied(
            "\n".join(line.rstrip() for line in sql.split("\n")) if _is_plain(sql, self.dialect) else sql, self.dialect
        )

    def complete(self, sql: str, readers: tuple[Model, ...], own: Mapping[str, str] | None = None) -> str | NoQuery:
        """`sql` of the models `readers`, names and all: what they read by its name, or with its query in front.

        `own` has other names for some relations, such as that of the newly built table.
        """
        parts: dict[str, tuple[Model, str]] = {}
        for unique_id in self._inlined(sql, readers, set()):
            part = self.project.manifest.nodes[unique_id]
            code = self.code(part)
            if isinstance(code, NotUnderstood):
                return NoQuery(model=part, reason=code)
            parts[unique_id] = (part, code.whole)
        names = self._names(sql, parts)
        texts, aliases = self._texts((*readers, *(part for part, _ in parts.values())), names)
        texts |= own or {}
        bodies = [
            (names[unique_id], replaced(without_templates(body, self.dialect), texts, self.dialect, aliases))
            for unique_id, (_, body) in parts.items()
        ]
        return self._with(bodies, replaced(sql, texts, self.dialect, aliases))

    def alone(self, model: Model) -> str:
        """The model's own query, with the names of what it reads; empty: only dbt knows it."""
        code = self.code(model)
        if isinstance(code, NotUnderstood):
            return ""
        texts, _ = self._texts((model,), {})
        return replaced(without_templates(code.whole, self.dialect), texts, self.dialect)

    def renames(self, model: Model) -> Renames | None:
        """Of what is a part of other queries and only gives the columns of one table other names."""
        if model.unique_id not in self._renames:
            code = self.code(model) if self.plan.fate(model.unique_id) == "inlined" else None
            whole = (
                self.complete(without_templates(code.whole, self.dialect), (model,)) if isinstance(code, Code) else None
            )
            self._renames[model.unique_id] = renames(whole, self.dialect) if isinstance(whole, str) else None
        return self._renames[model.unique_id]

    def _inlined(self, sql: str, readers: tuple[Model, ...], seen: set[str]) -> Iterator[str]:
        """What becomes a part of `sql`, each behind what is a part of it in turn."""
        for reader in readers:
            for unique_id in reader.depends_on:
                node = self.project.manifest.nodes.get(unique_id)
                if node is None or unique_id in seen or self.plan.fate(unique_id) != "inlined":
                    continue
                if not any(places(sql, {relation_text(node): ""}, self.dialect)):
                    continue
                seen.add(unique_id)
                code = self.code(node)
                inner = "" if isinstance(code, NotUnderstood) else code.whole
                yield from self._inlined(inner, (node,), seen)
                yield unique_id

    def _names(self, sql: str, parts: Mapping[str, tuple[Model, str]]) -> Mapping[str, str]:
        """What each part is called in WITH: as its table, unless a query calls something else so."""
        taken = set(declared_names(sql, self.dialect))
        for _, body in parts.values():
            taken |= declared_names(body, self.dialect)
        found = {}
        for unique_id, (part, _) in parts.items():
            endings = ("", "_view", *(f"_view_{number}" for number in range(2, 100)))
            name = next(name for ending in endings if (name := f"{part.relation.table}{ending}") not in taken)
            taken.add(name)
            found[unique_id] = plain_name(name)
        return found

    def _texts(self, readers: tuple[Model, ...], names: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """What stands for each relation, and how those are called besides that are called otherwise now."""
        texts, aliases = dict[str, str](), dict[str, str]()
        for reader in readers:
            for node in (reader, *self._read(reader)):
                texts[relation_text(node)] = names.get(node.unique_id, relation_name(node))
        for unique_id, name in names.items():
            table = self.project.manifest.nodes[unique_id].relation.table
            if plain_name(table) != name:
                aliases[name] = table
        return texts, aliases

    def _read(self, reader: Model) -> Iterator[Model | Source]:
        manifest = self.project.manifest
        found = (manifest.nodes.get(each) or manifest.sources_by_id.get(each) for each in reader.depends_on)
        return (each for each in found if each)

    def _with(self, parts: list[tuple[str, str]], sql: str) -> str:
        if not parts:
            return sql
        listed = ",\n".join(f"{name} AS (\n{self._indented(body)}\n)" for name, body in parts)
        first = next(iter(tokens(sql, self.dialect.lexical)), None)
        if first is None or first.key != "WITH":
            return f"WITH {listed}\n{sql}"
        second = tokens(sql[first.end :], self.dialect.lexical)[0]
        is_recursive = second.key == "RECURSIVE"
        rest = sql[first.end + (second.end if is_recursive else 0) :].lstrip()
        return f"{sql[: first.start]}WITH {'RECURSIVE ' if is_recursive else ''}{listed},\n{rest}"

    def _indented(self, sql: str) -> str:
        if not _is_plain(sql, self.dialect):
            return sql
        return "\n".join(f"  {line}" if line.strip() else "" for line in sql.split("\n"))


def _is_plain(sql: str, dialect: Dialect) -> bool:
    """No quoted text goes over several lines: blanks belong to nobody."""
    spans = (span for span in quoted_spans(sql, dialect.lexical) if span.kind != "comment")
    return not any("\n" in sql[span.start : span.end] for span in spans)


def without_ephemeral(sql: str, dialect: Dialect) -> str:
    """`sql` without the queries of ephemeral models that dbt has put in front of it."""
    found = tokens(sql, dialect.lexical)
    keys = [token.key for token in found[:3]]
    start = 2 if keys[:2] == ["WITH", "RECURSIVE"] else 1
    if keys[:1] != ["WITH"] or not _is_ephemeral(sql, found[start : start + 1]):
        return sql
    at = start
    while _is_ephemeral(sql, found[at : at + 1]):
        opening = at + 2
        closing = next(index for index in range(opening + 1, len(found)) if found[index].group == found[opening].group)
        if closing + 1 >= len(found) or found[closing + 1].key != ",":
            return sql[found[closing].end :].lstrip()
        at = closing + 2
    return f"{sql[: found[start].start]}{sql[found[at].start :]}"


def _is_ephemeral(sql: str, found: list[Token]) -> bool:
    return bool(found) and sql[found[0].start : found[0].end].strip('"').startswith(_EPHEMERAL)
