"""Roles that files let read a table exist, and may look into its schema."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup
from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.rights.unknown_roles import unknown_role_words


def _findings(setup: Setup) -> Iterator[Finding]:
    for _, answer in setup.answers.values():
        for role in answer.unknown_roles:
            words = unknown_role_words(role)
            yield Finding(what=words, fix=f"CREATE ROLE {identifier(role.name)}; or correct the name in the file")
        for name, schema in answer.blind:
            yield Finding(
                what=f'`grants` lets the role {name} read tables of the schema "{schema}", into which it may not look.',
                fix=f"GRANT USAGE ON SCHEMA {identifier(schema)} TO {identifier(name)};",
            )


CHECK = Check(name="readers-let-in", group="Roles and rights", findings=_findings)
