"""The files of the project that are about none of its tables."""

from collections.abc import Collection, Iterator, Sequence
from importlib.resources import files
from typing import Any

from summary_tables.commands.export_dbt.data_tests import OWN_TESTS, DataTest
from summary_tables.commands.export_dbt.dbt_text import dumped
from summary_tables.commands.export_dbt.project_file import ProjectFile
from summary_tables.model.settings import Settings

_OF_NUMBERS = frozenset({"sum_between", "average_between"})
_MOMENT_WORDS = ("moment_", "ds_add", "ds_format")


def project_settings(
    name: str, settings: Settings, schemas: Sequence[str], *, kinds: Collection[str]
) -> Iterator[ProjectFile]:
    """`schemas`: where tables stand. `kinds`: which of models and seeds the project has; dbt warns of settings for
    what is not there."""
    said = {key: value for key, value in _project(name).items() if key not in _KINDS or key in kinds}
    yield ProjectFile(path="dbt_project.yml", text=_HEAD + dumped(said))
    profile = _profile(name, settings.warehouse.dialect, schemas[0] if schemas else "public")
    yield ProjectFile(path="profiles.yml", text=_PROFILE_HEAD + dumped(profile))
    yield ProjectFile(path=".gitignore", text="target/\nlogs/\ndbt_packages/\n")


def macros(
    sql: Collection[str], tests: Collection[DataTest], *, has_unit_tests: bool, has_odd_roles: bool
) -> Iterator[ProjectFile]:
    """Those that the project needs for its SQL and its data tests."""
    text, names = "\n".join(sql), {test.name for test in tests}
    in_zone = {test.name for test in tests if test.is_in_zone}
    has_moments = any(word in text for word in _MOMENT_WORDS)
    has_interval = "interval_" in text or "delete_interval" in text or "fresh_within" in names
    yield _file("macros/schema_names.sql", "macros/schema_names.sql")
    if has_interval or has_moments:
        yield _file("macros/interval.sql", "macros/interval.sql")
    if has_moments:
        yield _file("macros/moments.sql", "macros/moments.sql")
    if "as_number" in text or names & _OF_NUMBERS:
        yield _file("macros/as_number.sql", "macros/as_number.sql")
    if "use_time_zone" in text or "fresh_within" in names or in_zone or has_unit_tests:
        yield _file("macros/time_zone.sql", "macros/time_zone.sql")
    if has_odd_roles:
        yield _file("macros/grants.sql", "macros/grants.sql")
    if has_unit_tests:
        yield _file("macros/unit_tests.sql", "macros/unit_tests.sql")
    for test in sorted((names - OWN_TESTS) | in_zone):
        yield _file(f"tests_generic/{test}.sql", f"tests/generic/{test}.sql")


def _file(source: str, path: str) -> ProjectFile:
    return ProjectFile(path=path, text=files(__package__).joinpath("files", source).read_text("utf-8"))


_KINDS = frozenset({"models", "seeds"})
_HEAD = """\
# Written by `summary-tables export dbt`. How to run it: README.md.
"""
_PROFILE_HEAD = """\
# The warehouse is named by the environment, as psql reads it: no password stands in a file.
"""


def _project(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "version": "1.0.0",
        "config-version": 2,
        "profile": name,
        # `arguments` of a data test.
        "require-dbt-version": ">=1.10.5",
        "flags": {"send_anonymous_usage_stats": False},
        "models": {
            "+persist_docs": {"relation": True, "columns": True},
            # Days and hours are those of UTC, whatever the role's zone is.
            "+pre-hook": ["SET TIME ZONE 'UTC'"],
        },
        "seeds": {"+persist_docs": {"relation": True, "columns": True}, "+quote_columns": True},
    }


def _profile(name: str, dialect: str, schema: str) -> dict[str, Any]:
    output = {
        "type": dialect,
        "host": "{{ env_var('PGHOST') }}",
        "port": "{{ env_var('PGPORT', '5432') | int }}",
        "user": "{{ env_var('PGUSER') }}",
        "password": "{{ env_var('PGPASSWORD', '') }}",
        "dbname": "{{ env_var('PGDATABASE') }}",
        "schema": schema,
        "threads": 4,
    }
    return {name: {"target": "prod", "outputs": {"prod": output}}}
