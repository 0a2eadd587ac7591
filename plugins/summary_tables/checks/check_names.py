"""What the checks of one list are called: for people, and for their history and their tasks in Airflow."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summary_tables.checks.check import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckName:
    """Both are on one line, unlike those of the list's other checks, and may hold `{schema}` and `{table}` still.

    `label` is what people read. `key` tells which check it is: it stays when the number changes that the check compares
    with, when other checks come and go, and, where somebody named the check, as long as that name stays.
    """

    label: str
    key: str


def check_names(checks: Sequence[Check]) -> tuple[CheckName, ...]:
    """The names of `input_check` or of `output_check`, in the list's order."""
    labels = _unlike([_on_one_line(check.label()) for check in checks], " ({})")
    keys = _unlike(list(_keys(checks)), " {}")
    return tuple(CheckName(label=label, key=key) for label, key in zip(labels, keys, strict=True))


def _keys(checks: Sequence[Check]) -> Iterator[str]:
    asked = [_on_one_line(check.name or check.asks) for check in checks]
    times = Counter(asked)
    for check, key in zip(checks, asked, strict=True):
        # The usual reason to ask the same twice: a number that warns, and one that stops the run.
        yield f"{key} warn" if times[key] > 1 and check.severity == "warn" else key


def _unlike(names: list[str], numbered: str) -> Iterator[str]:
    """`names`, of which those that are taken get the next free number behind them."""
    taken = set(names)
    times: Counter[str] = Counter()
    for name in names:
        times[name] += 1
        found = name
        while times[name] > 1 and (found := name + numbered.format(times[name])) in taken:
            times[name] += 1
        taken.add(found)
        yield found


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
