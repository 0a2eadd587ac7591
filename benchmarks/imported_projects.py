"""dbt projects, built by dbt and by the files that `import` writes of them, and compared.

Each is built twice on one server: `dbt build`, then what `summary-tables import` has written, with the steps of a run.
Where models are incremental, both go on with rows that were held back before, and are compared again. A project needs
the seeds from which all of it can be built, and its packages: `dbt deps`. It is copied, and stays as it is.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.built_projects import Tried, tried
from benchmarks.imported_report import report
from demo.embedded_postgres import EmbeddedPostgres


def measure(projects: Sequence[Path], work: Path | None, *, of_manifest: bool = False) -> list[Tried]:
    """One after the other. What they are built in stays in `work`, if that is given."""
    with ExitStack() as stack:
        root = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-import-")))
        root.mkdir(parents=True, exist_ok=True)
        server = stack.enter_context(EmbeddedPostgres(root / "postgres"))
        found = []
        for number, project in enumerate(projects, 1):
            print(f"{project} ...", file=sys.stderr, flush=True)
            found.append(tried(project, server, root / f"project_{number}", of_manifest=of_manifest))
        return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imported_projects", description=__doc__)
    parser.add_argument("projects", nargs="+", type=Path, metavar="FOLDER", help="of a dbt project")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="where all is built, and stays")
    parser.add_argument("--manifest", action="store_true", help="import the manifest that dbt wrote, not the project")
    chosen = parser.parse_args(arguments)
    if others := [str(folder) for folder in chosen.projects if not (folder / "dbt_project.yml").is_file()]:
        parser.error(f"no folder of a dbt project: {', '.join(others)}")
    print(report(measure(chosen.projects, chosen.work, of_manifest=chosen.manifest)))


if __name__ == "__main__":
    main()
