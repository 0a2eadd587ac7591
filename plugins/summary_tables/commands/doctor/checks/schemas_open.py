"""The role may create in the schemas of its tables, and in that of their versions."""

from collections.abc import Iterator

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.commands.doctor.setup import Setup
from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.diagnosis import Diagnosis


def _findings(setup: Setup) -> Iterator[Finding]:
    versions = setup.settings.warehouse.versions_schema
    for found, answer in setup.answers.values():
        wanted = sorted({name.rpartition(".")[0] for name in found.tables})
        for schema in (*wanted, versions):
            yield from _of_schema(schema, answer, is_versions=schema == versions)


def _of_schema(schema: str, answer: Diagnosis, *, is_versions: bool) -> Iterator[Finding]:
    role, holds = answer.role, "the versions of all tables" if is_versions else "tables"
    grant = f"GRANT USAGE, CREATE ON SCHEMA {identifier(schema)} TO {identifier(role)};"
    if schema not in answer.schemas:
        # Ours is made by the first build, where the role may do that.
        if not (is_versions and answer.may_create_schemas):
            what = f'There is no schema "{schema}" in the warehouse, which is to hold {holds}.'
            yield Finding(what=what, fix=f"CREATE SCHEMA {identifier(schema)}; {grant}")
    elif not answer.schemas[schema]:
        what = f'The role {role} may not create anything in the schema "{schema}", which is to hold {holds}.'
        yield Finding(what=what, fix=grant)


CHECK = Check(name="schemas-open", group="Roles and rights", findings=_findings)
