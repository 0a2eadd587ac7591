"""No table stands in the warehouse that nothing builds any more."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, counted_names
from summary_tables.text.english import plural


def _findings(setup: Setup) -> Iterator[Finding]:
    for found in setup.warehouses.values():
        if found.left_behind:
            number = len(found.left_behind)
            yield Finding(
                what=f"The warehouse still holds {counted_names(found.left_behind)}, of which "
                f"{plural(number, 'the file is', 'the files are')} gone.",
                fix="summary-tables orphans --warehouse ADDRESS --drop",
            )


CHECK = Check(name="nothing-left-behind", group="Warehouse", findings=_findings)
