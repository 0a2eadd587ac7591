"""The role that builds is none that may do everything."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup
from summary_tables.sql.quoting import as_needed


def _findings(setup: Setup) -> Iterator[Finding]:
    for found, answer in setup.answers.values():
        if answer.is_superuser:
            yield Finding(
                what=f"{found.called} logs in as {answer.role}, a superuser: the SQL of any file may read everything.",
                fix=f"ALTER ROLE {as_needed(answer.role)} NOSUPERUSER; docs/build_role.md says what it needs",
            )


CHECK = Check(name="no-superuser", group="Roles and rights", findings=_findings)
