"""Airflow has the pools that tables name."""

from collections.abc import Iterator

from summary_tables.commands.doctor.built import built_in
from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, counted_names
from summary_tables.text.english import plural


def _findings(setup: Setup) -> Iterator[Finding]:
    if setup.report is None or (database := setup.report.database) is None or not database.pools:
        return
    users: dict[str, list[str]] = {}
    for each in built_in(setup.folder):
        users.setdefault(each.table.pool, []).append(each.name)
    for pool in sorted(users.keys() - set(database.pools)):
        steps = f"no step of {counted_names(users[pool])} ever starts, and {plural(len(users[pool]), 'its', 'their')}"
        yield Finding(
            what=f"Airflow has no pool `{pool}`: {steps} runs stay as they are.",
            fix=f"airflow pools set {pool} 4 'Summary tables'; or write a `pool` that there is: "
            f"{counted_names(database.pools)}",
        )


CHECK = Check(name="pools-there", group="Airflow", findings=_findings)
