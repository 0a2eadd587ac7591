"""What became of a project in one run: its results, read together with what the manifest says of each node."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import DataTest, Model, UnitTest
from summary_tables.dbt.run_results import NodeResult


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`results` has one a node; of a node that was tried again, the last."""

    manifest: Manifest
    results: tuple[NodeResult, ...]

    @property
    def failed(self) -> tuple[NodeResult, ...]:
        """Models that could not be built, and tests that did not hold."""
        return tuple(result for result in self.results if result.has_failed)

    @property
    def warned(self) -> tuple[NodeResult, ...]:
        return tuple(result for result in self.results if result.has_warned)

    @property
    def built(self) -> tuple[str, ...]:
        """The full names of the tables that were built, whatever their tests say."""
        return tuple(self._names(result for result in self.results if result.is_good))

    @property
    def published(self) -> tuple[str, ...]:
        """Those of them of which every test held, or only warned: what others may rely on."""
        good = (result for result in self.results if result.is_good and result.unique_id not in self._doubted)
        return tuple(self._names(good))

    @property
    def tests_passed(self) -> int:
        return sum(result.is_good for result in self.results if result.kind in ("test", "unit_test"))

    @property
    def again(self) -> tuple[str, ...]:
        """What the next try has to do, in words for `--select`: what failed, and what was not begun for it."""
        wanted = (result.unique_id for result in self.results if result.has_failed or result.is_skipped)
        return tuple(dict.fromkeys(filter(None, map(self.name_for_select, wanted))))

    def waiting_for(self, unique_id: str) -> tuple[str, ...]:
        """The full names of the tables that were not built since this node failed."""
        behind = self._behind(unique_id)
        return tuple(self._names(result for result in self.results if result.is_skipped and result.unique_id in behind))

    def test(self, unique_id: str) -> DataTest | UnitTest | None:
        return self._tests.get(unique_id)

    def model(self, unique_id: str) -> Model | None:
        return self.manifest.nodes.get(unique_id)

    @cached_property
    def _tests(self) -> Mapping[str, DataTest | UnitTest]:
        tests: tuple[DataTest | UnitTest, ...] = (*self.manifest.tests, *self.manifest.unit_tests)
        return {test.unique_id: test for test in tests}

    @cached_property
    def _doubted(self) -> frozenset[str]:
        """What a test that did not hold, or was not asked, looks at."""
        bad = (result.unique_id for result in self.results if result.has_failed or result.is_skipped)
        tests = (self._tests[unique_id] for unique_id in bad if unique_id in self._tests)
        return frozenset(parent for test in tests for parent in test.depends_on if isinstance(test, DataTest))

    def _names(self, results: Iterable[NodeResult]) -> Iterator[str]:
        for result in results:
            node = self.model(result.unique_id)
            if node and node.relation.table and node.materialized != "ephemeral":
                yield node.relation.full_name

    def name_for_select(self, unique_id: str) -> str:
        """What dbt's `--select` knows the node by."""
        found = self.model(unique_id) or self.test(unique_id)
        if isinstance(found, UnitTest):
            return found.model  # dbt asks them with their model, and builds that only behind them
        return found.name if found else ""

    def _behind(self, unique_id: str) -> frozenset[str]:
        """All that reads the node, through others, too; of a test, what reads what it looks at."""
        test = self.test(unique_id)
        found = set(test.depends_on) if test else {unique_id}
        while more := {node for node, parents in self._parents.items() if node not in found and found & parents}:
            found |= more
        return frozenset(found)

    @cached_property
    def _parents(self) -> Mapping[str, frozenset[str]]:
        return {unique_id: frozenset(node.depends_on) for unique_id, node in self.manifest.nodes.items()}


def merged(before: Iterable[NodeResult], after: Iterable[NodeResult]) -> tuple[NodeResult, ...]:
    """The results of two tries: of each node the later one."""
    return tuple({result.unique_id: result for result in (*before, *after)}.values())
