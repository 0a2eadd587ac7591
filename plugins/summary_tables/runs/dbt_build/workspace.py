"""Where one try of a run works: a folder for dbt's profile and all that dbt writes. The project's is only read."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from summary_tables.dbt.project_folder import ProjectFolder
from summary_tables.model.dbt_project import DbtProject
from summary_tables.runs.dbt_build.dbt_profile import Login, profile_text

_PARSED: Final = "partial_parse.msgpack"


@contextmanager
def workspace(folder: ProjectFolder, project: DbtProject, login: Login, kept: Path | None) -> Iterator[Path]:
    """Nobody else's, and gone at the end.

    `kept`: where this machine keeps what dbt has read of its projects, which spares dbt to read each file anew; where
    it no longer fits, dbt does so all the same.
    """
    parsed = kept / project.name / _PARSED if kept else None
    with tempfile.TemporaryDirectory(prefix="summary-tables-dbt-") as made:
        path = Path(made)
        (path / "profiles.yml").write_text(profile_text(folder.profile, project.dbt.target, login), "utf-8")
        (path / "target").mkdir()
        if parsed:
            with suppress(OSError):
                shutil.copyfile(parsed, path / "target" / _PARSED)
        yield path
        if parsed:
            with suppress(OSError):
                _keep(path / "target" / _PARSED, parsed)


def _keep(found: Path, place: Path) -> None:
    """All of it or nothing: another run may be reading."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    shutil.copyfile(found, draft)
    draft.replace(place)
