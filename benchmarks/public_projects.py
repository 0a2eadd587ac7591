"""`make bench-import`: public dbt projects, built by dbt and by the files that `import` writes of them, and compared.

Each is built twice on one server: `dbt build`, then what `summary-tables import` has written, with the steps of a run.
Where models are incremental, both go on with rows that were held back before, and are compared again.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.built_projects import Tried, tried
from benchmarks.pinned_projects import PROJECTS, Checkouts, PinnedProject
from benchmarks.public_report import report
from demo.embedded_postgres import EmbeddedPostgres


def measure(
    projects: Sequence[PinnedProject], clones: Path | None, work: Path | None, *, of_manifest: bool = False
) -> list[Tried]:
    """One after the other. What they are built in stays in `work`, if that is given."""
    with ExitStack() as stack:
        root = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-import-")))
        root.mkdir(parents=True, exist_ok=True)
        server = stack.enter_context(EmbeddedPostgres(root / "postgres"))
        checkouts = Checkouts(clones=clones, folder=root / "clones")
        found = []
        for project in projects:
            print(f"{project.name} ...", file=sys.stderr, flush=True)
            found.append(tried(project, checkouts, server, root / project.name, of_manifest=of_manifest))
        return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.public_projects", description=__doc__)
    names = [project.name for project in PROJECTS]
    parser.add_argument("projects", nargs="*", metavar="NAME", help=f"of {', '.join(names)} (default: all)")
    parser.add_argument(
        "--clones", type=Path, metavar="FOLDER", help="has a clone of each as OWNER/NAME; without it, git fetches them"
    )
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="where all is built, and stays")
    parser.add_argument("--manifest", action="store_true", help="import the manifest that dbt wrote, not the project")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.projects) - set(names):
        parser.error(f"no such project: {', '.join(sorted(unknown))}")
    projects = [project for project in PROJECTS if not chosen.projects or project.name in chosen.projects]
    print(report(measure(projects, chosen.clones, chosen.work, of_manifest=chosen.manifest)))


if __name__ == "__main__":
    main()
