"""What a test of dbt says of the checks that it was made of: whose they are, and how they are told."""

from dataclasses import dataclass
from typing import Any, Literal

from summary_tables.checks import Check
from summary_tables.commands.export_dbt.dbt_text import as_it_is
from summary_tables.model.table import CheckStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """`input_of`, `output_of`: the full names of the tables that have it in the list of that name."""

    name: str
    severity: Literal["error", "warn"]
    samples: bool
    input_of: tuple[str, ...] = ()
    output_of: tuple[str, ...] = ()

    @classmethod
    def of(cls, check: Check, step: CheckStep, table: str) -> "Origin":
        """That of a test which only one check of one table became."""
        owner = {"input_of": (table,)} if step == "input_check" else {"output_of": (table,)}
        return cls(name=check.name, severity=check.severity, samples=check.samples, **owner)

    def joined(self, other: "Origin") -> "Origin":
        """That of one test for both: an error if it is one for either, and without values if either is."""
        return Origin(
            name=(other.name if other.output_of else "") or self.name or other.name,
            severity="warn" if self.severity == other.severity == "warn" else "error",
            samples=self.samples and other.samples,
            input_of=tuple(dict.fromkeys((*self.input_of, *other.input_of))),
            output_of=tuple(dict.fromkeys((*self.output_of, *other.output_of))),
        )

    def description(self) -> dict[str, Any]:
        """What a person called it."""
        return {"description": as_it_is(self.name)} if self.name else {}

    def config(self, looks_at: str) -> dict[str, Any]:
        """dbt's `config` of the test of the table `looks_at`.

        `meta` is for `summary-tables import`, which takes a test for an output check of the table that it looks at,
        unless it is told otherwise. dbt shows no values of rows itself.
        """
        kept: dict[str, Any] = {} if self.samples else {"samples": False}
        if self.input_of or self.output_of != (looks_at,):
            kept |= {"input_check_of": list(self.input_of)} if self.input_of else {}
            kept |= {"output_check_of": list(self.output_of)} if self.output_of else {}
        severity = {"severity": "warn"} if self.severity == "warn" else {}
        return {**severity, **({"meta": {"summary_tables": kept}} if kept else {})}
