"""`dbt parse` of one project: what it builds, written into its own `target/`. No warehouse is asked."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.project_folder import PROJECT_FILE, read_project_folder, schema_of
from summary_tables.runs.dbt_build.command import parse_command
from summary_tables.runs.dbt_build.dbt_profile import Login, environment, profile_text
from summary_tables.runs.dbt_build.process import run_program
from summary_tables.runs.dbt_build.program import MISSING, find_dbt, not_started
from summary_tables.runs.dbt_build.said import Said
from summary_tables.runs.dbt_build.versions import TooOldError

_NOWHERE: Final = Login(host="localhost", port=5432, user="nobody", password="none", database="warehouse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What the manifest says: how many models, seeds and snapshots, and tests. `manifest` is its path for people."""

    models: int
    tests: int
    manifest: str


def parse_project(config: DbtConfig) -> Parsed | str:
    """Why it cannot be done, where it cannot."""
    named, folder = config.project.dbt, read_project_folder(config.folder)
    if folder is None:
        return f"there is no {PROJECT_FILE} in {named.project} that can be read."
    if (program := find_dbt(config.path.absolute().parents[1])) is None:
        return MISSING
    said = Said(tell=lambda _: None)
    with tempfile.TemporaryDirectory(prefix="summary-tables-dbt-") as made:
        (Path(made) / "profiles.yml").write_text(profile_text(folder.profile, named.target, _NOWHERE), "utf-8")
        variables = environment(_NOWHERE, schema_of(folder, config.project), "dbt parse", os.environ)
        command = parse_command(program, named, folder, Path(made))
        try:
            said.code = run_program(command, folder.path, variables, said.line)
        except OSError as error:
            return not_started(program, error)
        except TooOldError as error:
            return str(error)
    manifest = read_manifest(folder.manifest)
    if said.code or not isinstance(manifest, Manifest):
        why = said.refusal(folder.path, program)
        return f"{why.error} In {named.project}/{why.place}." if why.place else why.error
    return Parsed(
        models=len(manifest.nodes),
        tests=len(manifest.tests) + len(manifest.unit_tests),
        manifest=f"{named.project}/target/{folder.manifest.name}",
    )
