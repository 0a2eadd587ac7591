"""The role may read what queries and checks read."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup, counted_names
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.text.english import plural


def _findings(setup: Setup) -> Iterator[Finding]:
    for _, answer in setup.answers.values():
        for schema, name in answer.closed:
            yield Finding(
                what=f"The role {answer.role} may not read {schema}.{name}, which {_readers(setup, schema, name)}.",
                fix=f"GRANT USAGE ON SCHEMA {identifier(schema)} TO {identifier(answer.role)}; "
                f"GRANT SELECT ON {qualified(schema, name)} TO {identifier(answer.role)};",
            )
        for schema, name in answer.missing:
            yield Finding(
                what=f"There is no table {schema}.{name} in the warehouse, which {_readers(setup, schema, name)}.",
                fix="correct the name in the file, or have the table loaded",
            )


def _readers(setup: Setup, schema: str, name: str) -> str:
    found = setup.readers.get((schema, name), ())
    return f"{counted_names(found)} {plural(len(found), 'needs', 'need')}"


CHECK = Check(name="sources-read", group="Roles and rights", findings=_findings)
