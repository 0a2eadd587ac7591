"""The logs belong to the role, and have all that this release writes into them."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.text.english import listed


def _findings(setup: Setup) -> Iterator[Finding]:
    schema = setup.settings.warehouse.versions_schema
    for _, answer in setup.answers.values():
        for log, owner in answer.foreign_logs.items():
            yield Finding(
                what=f"{schema}.{log} belongs to the role {owner}, so that {answer.role} cannot write into it.",
                fix=f"ALTER TABLE {qualified(schema, log)} OWNER TO {identifier(answer.role)};",
            )
        for log, missing in answer.old_logs.items():
            if log not in answer.foreign_logs:
                yield Finding(
                    what=f"{schema}.{log} is that of an earlier release: it lacks {listed(missing)}.",
                    fix="start the DAG of any table: its run adds them",
                )


CHECK = Check(name="logs-up-to-date", group="Warehouse", findings=_findings)
