"""What the catalogue's pages cost in Airflow's api-server, beside Airflow's own list of DAGs on the same data.

Each page is asked for by one person after the other, on a connection of its own. The first answer is that of a process
that has just started and knows nothing; the others come while tables are read as they are, each question in turn, and
what is kept for a few seconds is kept as in life.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median
from typing import Final

from benchmarks.machine import machine
from benchmarks.made_history import SCHEMA, Scale, table_name
from benchmarks.ui_server import Answer, UiServer, ui_server

MOST_SECONDS: Final = 0.3
"""Until the first byte of a page."""

MOST_BYTES: Final = 300_000
"""Of a page, before it is compressed."""

AIRFLOWS_LIST: Final = "Airflow's list of DAGs"
PAGES: Final[Mapping[str, str]] = {
    "the list": "/summary-tables/",
    "the list, failures": "/summary-tables/?state=failing",
    "the list, a search": "/summary-tables/?q=weekly",
    "a table": f"/summary-tables/tables/{SCHEMA}.{table_name(7)}",
    "is it fresh?": f"/summary-tables/api/v1/tables/{SCHEMA}.{table_name(8)}/freshness",
    AIRFLOWS_LIST: "/ui/dags?limit=50&offset=0&dag_runs_limit=14&exclude_stale=true",
}

Results = Mapping[str, Sequence[Answer]]
"""By the name of the page: one answer a round; the first of all is that of a new process."""


def run(scale: Scale, rounds: int) -> Results:
    """Asks for each page in turn. Raises RuntimeError where one is not there."""
    with tempfile.TemporaryDirectory(prefix="bench-ui-") as root, ui_server(Path(root), scale) as server:
        results: dict[str, list[Answer]] = {name: [] for name in PAGES}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds} ...", file=sys.stderr, flush=True)
            for name, path in PAGES.items():
                results[name].append(_asked(server, path, Path(root)))
        return results


def _asked(server: UiServer, path: str, root: Path) -> Answer:
    answer = server.get(path)
    if answer.status != 200:
        log = (root / "api-server.log").read_text("utf-8")[-3000:]
        raise RuntimeError(f"{path} answers {answer.status}:\n{log}")
    return answer


def report(results: Results, scale: Scale) -> str:
    """The whole text. Ratios are those of the medians."""
    airflows = median(answer.first_byte for answer in results[AIRFLOWS_LIST][1:])
    lines = [
        f"{scale.tables:,} tables with {scale.runs} runs each: until the first byte, in milliseconds.",
        f"Best and median of {len(results[AIRFLOWS_LIST]) - 1} rounds; before them the first answer of a new process.",
        "CPU is what the api-server works for one answer; a busy machine changes that least.",
        "",
        f"{'':<26}{'first':>9}{'best':>9}{'median':>9}{'of Airflow':>12}{'CPU':>9}{'of Airflow':>12}{'size':>9}",
    ]
    for name, answers in results.items():
        first, *others = (answer.first_byte for answer in answers)
        cells = "".join(f"{seconds * 1000:>9.0f}" for seconds in (first, min(others), median(others)))
        ratio, cpu, size = median(others) / airflows, _cpu(answers), f"{answers[-1].size / 1000:,.0f} kB"
        worked = f"{cpu * 1000:>9.0f}{cpu / _cpu(results[AIRFLOWS_LIST]):>12.2f}"
        lines.append(f"{name:<26}{cells}{ratio:>12.2f}{worked}{size:>9}")
    return "\n".join([*lines, "", *_goals(results), "", *machine(("apache-airflow", "fastapi", "jinja2"))])


def _cpu(answers: Sequence[Answer]) -> float:
    """Of one answer, on average: the system counts in steps of 10 ms."""
    return mean(answer.cpu for answer in answers[1:])


def _goals(results: Results) -> list[str]:
    found = {name: answers for name, answers in results.items() if name != AIRFLOWS_LIST}
    slowest = max(median(answer.first_byte for answer in answers[1:]) for answers in found.values())
    largest = max(answer.size for answers in found.values() for answer in answers)
    return [
        f"the slowest page, median: {slowest * 1000:.0f} ms (goal: at most {MOST_SECONDS * 1000:.0f} ms)",
        f"the largest page: {largest / 1000:,.0f} kB (goal: at most {MOST_BYTES / 1000:,.0f} kB)",
    ]


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    scale = Scale(tables=given.tables, runs=given.runs, until=datetime.now(UTC))
    print(report(run(scale, given.rounds + 1), scale))


if __name__ == "__main__":
    _main()
