"""What `make bench-checks` prints."""

from collections.abc import Sequence

from benchmarks.machine import machine

Results = dict[tuple[str, int], float]
"""Variant and number of checks -> seconds."""

_WORDS = {
    "one connection": "each its own statement, one connection",
    "own connections": "each its own statement and connection",
    "one statement": "one statement for all of them",
    "Airflow, from first to last": "as many Airflow tasks that do nothing",
    "Airflow, one task": "one of these tasks from start to end",
}


def report(found: Results, *, rows: int, counts: Sequence[int]) -> str:
    """Seconds of every variant, and what they say of one check."""
    heads = "".join(f"{count:>8,} check{'s' if count > 1 else ' '}" for count in counts)
    lines = [
        f"Checks of a table with {rows:,} rows, in seconds",
        "",
        f"{'':42}{heads}",
        *(
            f"{words:42}" + "".join(f"{found[variant, count]:13.3f} s" for count in counts)
            for variant, words in _WORDS.items()
            if (variant, counts[0]) in found
        ),
        "",
        *_one_more(found, counts),
        "",
        *machine(("psycopg", "apache-airflow")),
    ]
    return "\n".join(lines)


def _one_more(found: Results, counts: Sequence[int]) -> list[str]:
    least, most = counts[0], counts[-1]
    return [
        f"one more check: {(found[variant, most] - found[variant, least]) / (most - least):.3f} s, {words}"
        for variant, words in _WORDS.items()
        if (variant, most) in found and variant != "Airflow, one task"
    ]
