"""What building costs: a summary with its checks by us, by one bare statement, and by dbt; and what readers notice.

Every number is wall time. Rounds without readers are for the cost, rounds with readers for what they notice. In a round
all variants are measured, beginning with another one each time, so that a busy minute of the machine hits all of them.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path

from benchmarks.build_dbt import PROGRAM, DbtBuild, dbt_build, write_project
from benchmarks.build_readers import reading
from benchmarks.build_report import Results, Watched, report
from benchmarks.build_server import BUILDER, address, build_server, settle
from benchmarks.build_steps import BareBuild, OurBuild, bare_build, our_build
from benchmarks.build_table import NAME, summary_table
from demo.embedded_postgres import EmbeddedPostgres

_QUIET_SECONDS = 5.0


class Bench:
    """The variants on one server, whose folder `work` also holds dbt's project."""

    def __init__(self, server: EmbeddedPostgres, work: Path, rows: int, *, with_dbt: bool) -> None:
        self._server = server
        self._project = work / "dbt"
        self._table = summary_table(rows)
        self._builder = address(server, BUILDER)
        self._numbers = count(1)
        self.with_dbt = with_dbt
        if with_dbt:
            write_project(self._project, rows)

    def bare(self) -> BareBuild:
        return bare_build(self._builder, self._table)

    def ours(self) -> OurBuild:
        return our_build(self._builder, self._table, next(self._numbers))

    def dbt(self) -> DbtBuild:
        return dbt_build(self._project, self._server)

    def warm_up(self) -> None:
        """Everything once: files are read, and there is a table for readers and for later builds to replace."""
        self.bare()
        self.ours()
        if self.with_dbt:
            self.dbt()

    def measure(self, results: Results, number: int) -> None:
        """One round without readers."""
        turns: list[Callable[[], None]] = [
            lambda: results.bare.append(self.bare()),
            lambda: results.ours.append(self.ours()),
        ]
        if self.with_dbt:
            turns.append(lambda: results.dbt.append(self.dbt()))
        start = number % len(turns)
        for turn in turns[start:] + turns[:start]:
            settle(self._server)
            turn()

    def watch(self, results: Results, quiet_seconds: float) -> None:
        """One round with readers, and as long a look at them while nobody builds."""
        with reading(self._server, f"analytics.{NAME}") as quiet_reads:
            time.sleep(quiet_seconds)
        results.quiet.append(Watched(reads=quiet_reads))
        settle(self._server)
        with reading(self._server, f"analytics.{NAME}") as reads:
            ours = self.ours()
        results.watched_ours.append(Watched(reads=reads, publish=ours.publish))
        if self.with_dbt:
            settle(self._server)
            with reading(self._server, f"by_dbt.{NAME}") as reads:
                dbt = self.dbt()
            results.watched_dbt.append(Watched(reads=reads, publish=dbt.publish))


def run(rows: int, rounds: int, *, with_dbt: bool, quiet_seconds: float = _QUIET_SECONDS) -> Results:
    """Measures every variant `rounds` times without and `rounds` times with readers.

    Raises RuntimeError if a build or a check fails.
    """
    results = Results()
    with (
        tempfile.TemporaryDirectory(prefix="bench-build-") as name,
        build_server(Path(name) / "postgres", rows) as server,
    ):
        bench = Bench(server, Path(name), rows, with_dbt=with_dbt)
        _say("warming up ...")
        bench.warm_up()
        for number in _rounds(rounds, ""):
            bench.measure(results, number)
        for _ in _rounds(rounds, ", with readers"):
            bench.watch(results, quiet_seconds)
    return results


def _rounds(rounds: int, words: str) -> Iterable[int]:
    for number in range(rounds):
        _say(f"round {number + 1} of {rounds}{words} ...")
        yield number


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows that are summarised (default: 1000000)")
    parser.add_argument("--rounds", type=int, default=5, help="builds of each kind (default: 5)")
    parser.add_argument("--without-dbt", action="store_true", help="leave dbt out")
    chosen = parser.parse_args(arguments)
    with_dbt = not chosen.without_dbt
    if with_dbt and not PROGRAM.exists():
        parser.error("dbt is not there: `make bench-build` installs it; --without-dbt leaves it out")
    print(report(run(chosen.rows, chosen.rounds, with_dbt=with_dbt), rows=chosen.rows))


if __name__ == "__main__":
    main()
