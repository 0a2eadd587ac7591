"""What lint costs, as a table for people."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from benchmarks.machine import machine

Results = Mapping[str, Sequence[float]]
"""By the name of the variant: CPU seconds, one number a round."""

_LABELS = {
    "python": "Python alone, doing nothing",
    "lint_one": "summary-tables lint, 1 file",
    "lint_one_of_all": "summary-tables lint, 1 of {files:,} files",
    "lint_all": "summary-tables lint, {files:,} files",
    "known_one": "... with known sources, 1 of {files:,} files",
    "known_one_names": "... the same with --no-server",
    "known_all": "... with known sources, {files:,} files",
    "known_all_names": "... the same with --no-server",
    "schema_one": "check-jsonschema, 1 file",
    "schema_all": "check-jsonschema, {files:,} files",
    "sqlfluff": "sqlfluff lint, SQL of {sample:,} files",
}
_LIMITS = (
    ("one file, from start to verdict", "lint_one", 0.6),
    ("all files, SQL included", "lint_all", 8.0),
    ("all files, with known sources", "known_all", 20.0),
)
_PACKAGES = ("check-jsonschema", "jsonschema", "postgast", "pyyaml", "sqlfluff", "sqlglot")


def report(results: Results, *, files: int, sample: int) -> str:
    """The whole text. Ratios and goals are those of the best rounds, which the machine disturbed least."""
    return "\n".join(
        (
            f"Linting {files:,} files: CPU time of a fresh process, from its start to its end.",
            f"Best and median of {len(results['lint_all'])} rounds, all variants in turn.",
            "",
            f"{'':<44}{'best':>10}{'median':>10}",
            *_rows(results, files, sample),
            "",
            *_goals(results),
            *_ratios(results, files, sample),
            "",
            *_method(files, sample),
            "",
            *machine(_PACKAGES),
        )
    )


def _rows(results: Results, files: int, sample: int) -> Iterator[str]:
    for name, found in results.items():
        label = _LABELS[name].format(files=files, sample=sample)
        yield f"{label:<44}{min(found):>8.2f} s{median(found):>8.2f} s"


def _goals(results: Results) -> Iterator[str]:
    for words, name, limit in _LIMITS:
        best = min(results[name])
        yield f"{words:<44}{best:>8.2f} s   goal: under {limit} s, {'met' if best < limit else 'missed'}"


def _ratios(results: Results, files: int, sample: int) -> Iterator[str]:
    ours = min(results["lint_all"])
    for words, seconds in (
        ("against check-jsonschema (schema only)", min(results["schema_all"])),
        ("against sqlfluff lint (SQL only)", min(results["sqlfluff"]) * files / sample),
    ):
        yield f"{words:<44}{ours / seconds:>8.3f}x"


def _method(files: int, sample: int) -> tuple[str, ...]:
    scaled = f", scaled to {files:,}" if sample < files else ""
    return (
        "Summary tables: every check of every file: YAML, schema, SQL by its grammar, and all rules over the folder.",
        "check-jsonschema sees the same files and reads no SQL. sqlfluff sees the same queries, each in a file of its",
        f"own with names in place of the placeholders, those of {sample:,} of the files{scaled}; it reads no YAML.",
    )
