"""The checks of each table: of what dbt tests of it, and of what it reads that is no table of its own here."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from summary_tables.commands.import_dbt.checks import Item, NoCheck, checks_of
from summary_tables.commands.import_dbt.columns import with_checks
from summary_tables.commands.import_dbt.contract import checks_of_contract
from summary_tables.commands.import_dbt.exported import asked_by
from summary_tables.commands.import_dbt.inlined import Queries
from summary_tables.commands.import_dbt.plan import Plan, relation_name
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.records import DataTest, Model, Source


@dataclass(kw_only=True)
class TableChecks:
    """Each test is asked for by the tables in their order, and is a check of the first that it fits."""

    queries: Queries
    remarks: Remarks

    def __post_init__(self) -> None:
        self._tested: set[str] = set()
        self._of_tables: dict[str, list[DataTest]] = {}
        self._of_parts: dict[str, list[tuple[int, DataTest]]] = {}
        self._of_owners: dict[str, list[tuple[int, DataTest, str]]] = {}
        for place, test in enumerate(self._tests()):
            looked_at = test.model if not test.is_singular else next(iter(test.depends_on), "")
            owners = asked_by(test, "input_check")
            for owner in owners:
                self._of_owners.setdefault(owner, []).append((place, test, looked_at))
            if table := self._looks_at(test):
                self._of_tables.setdefault(table, []).append(test)
            elif not owners:
                self._of_parts.setdefault(looked_at, []).append((place, test))

    @property
    def _plan(self) -> Plan:
        return self.queries.plan

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The unique ids of the tables by their names."""
        return {relation_name(table): table.unique_id for table in self._plan.tables}

    def _tests(self) -> Iterator[DataTest]:
        return (test for test in self.queries.project.manifest.tests if test.enabled)

    def keys(self, model: Model, columns: tuple[Item, ...], *, is_part: bool) -> Mapping[str, Any]:
        """`columns`, `input_check` and `output_check` of its file. `is_part`: a run gives only a part of its rows."""
        found = [*checks_of_contract(model, self.remarks)]
        for test in self._of_tables.get(model.unique_id, ()):
            found += self._check(test, model, model)
        distinct = _distinct(found)
        if is_part:
            distinct = [self._of_whole_table(model, item) for item in distinct]
        listed, others = with_checks(columns, distinct)
        inputs = _distinct(self._input_checks(model))
        keys = {"columns": list(listed), "input_check": inputs, "output_check": list(others)}
        return {key: value for key, value in keys.items() if value}

    def looked_at(self, model: Model) -> Iterator[str]:
        """What else the tests of the table depend on, by unique id."""
        for test in self._of_tables.get(model.unique_id, ()):
            yield from (each for each in test.depends_on if each != model.unique_id)

    def _looks_at(self, test: DataTest) -> str:
        """The table that gets the test as an output check; empty: it is one of what is read."""
        if owners := asked_by(test, "output_check"):
            return next((self._names[name] for name in owners if name in self._names), "")
        if asked_by(test, "input_check"):
            return ""
        if not test.is_singular:
            return test.model if self._plan.fate(test.model) == "table" else ""
        read = [table.unique_id for table in self._plan.tables if table.unique_id in test.depends_on]
        return read[-1] if read else ""

    def _input_checks(self, model: Model) -> Iterator[Item]:
        """The tests of what the query reads, and what no other file has tested before."""
        asked = [(*each, part) for part in self._read_by(model, set()) for each in self._of_parts.get(part, ())]
        wanted = [each for each in asked if each[1].unique_id not in self._tested]
        wanted += self._of_owners.get(relation_name(model), [])
        for _, test, looked_at in sorted(wanted, key=itemgetter(0)):
            node = self._plan.manifest.nodes.get(looked_at) or self._plan.manifest.sources_by_id.get(looked_at)
            for item in self._check(test, node, model) if node else ():
                is_named = "no_rows" not in item and "sql" not in item
                yield {**item, "table": relation_name(node)} if node and is_named and "table" not in item else item

    def _read_by(self, model: Model, seen: set[str]) -> set[str]:
        """What is no table of its own here: sources, snapshots, and views that are a part of the query."""
        for unique_id in model.depends_on:
            inner = self._plan.manifest.nodes.get(unique_id)
            if unique_id not in seen and self._plan.fate(unique_id) != "table":
                seen.add(unique_id)
                if inner and self._plan.fate(unique_id) == "inlined":
                    self._read_by(inner, seen)
        return seen

    def _check(self, test: DataTest, node: Model | Source, model: Model) -> tuple[Item, ...]:
        self._tested.add(test.unique_id)
        found = checks_of(test, node, self.queries)
        if isinstance(found, NoCheck):
            message = f"the test `{test.name}` of `{node.name}` was left behind: {found.why}"
            self.remarks.add(model.unique_id, test.path, message, found.fix, level=found.level)
            return ()
        return found

    def _of_whole_table(self, model: Model, item: Item) -> Item:
        """dbt tests the whole table, also where a run only adds rows."""
        if "no_rows" not in item and "sql" not in item:
            return {**item, "whole_table": True}
        message = (
            f"`{item.get('name', 'a check')}` looks at the rows of a run of `{model.name}`, and no more at all of it"
        )
        self.remarks.add(model.unique_id, model.path, message, level="info")
        return item

    def say_left(self, written: Iterable[str], failed: Set[str]) -> None:
        """Tests that look at nothing that any file here reads."""
        files = set(written)
        for test in self._tests():
            if test.unique_id not in self._tested and self._looks_at(test) not in failed:
                of = test.model or next(iter(test.depends_on), "")
                message = f"the test `{test.name}` was left behind: no file here reads what it looks at"
                self.remarks.add(of, test.path, message, level="warning" if of in files else "info")


def _distinct(items: Iterable[Item]) -> list[Item]:
    found = list[Item]()
    for item in items:
        if item not in found:
            found.append(item)
    return found
