"""One dbt project, built by dbt and by the files that `import` writes of it, on one server."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

import psycopg
import yaml

from benchmarks.compared_tables import Difference, difference
from benchmarks.held_back import held_back, seeds_of
from benchmarks.our_tables import Outcome, built
from demo.airflow_environment import merged_with_callers
from demo.embedded_postgres import EmbeddedPostgres
from demo.postgres_programs import SUPERUSER
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.records import Model
from summary_tables.runs.dbt_build.dbt_profile import Login, environment, profile_text
from summary_tables.runs.dbt_build.program import ENVIRONMENT
from tests.conftest import REPOSITORY

DBT: Final = REPOSITORY / ENVIRONMENT
_PACKAGES: Final = "dbt_packages"
_TARGET: Final = "postgres"
_ASIDE: Final = "dbt_"
_BUILT: Final = ("table", "incremental", "seed", "view", "materialized_view", "ephemeral")
_SCHEMA: Final = re.compile(r"^ +[a-z_]+_schema: *[\"']?(\w+)[\"']? *(?:#.*)?$", re.MULTILINE)
_FIGURES: Final = re.compile(r"(\d+) models?: (\d+) taken over whole, (\d+) with a remark, (\d+) not at all")


@dataclass(kw_only=True)
class Tried:
    """`figures` are those of the import: models, whole, with a remark, not at all. `failed`: why there is no more.

    `first` and `later`: of each table that both built, in what it differs; None: it is equal.
    `full`: what differs of `later` from what dbt gives with `--full-refresh`.
    """

    name: str
    figures: tuple[int, ...] = ()
    lint: str = ""
    failed: str = ""
    first: dict[str, Difference | None] = field(default_factory=dict)
    later: dict[str, Difference | None] = field(default_factory=dict)
    full: dict[str, Difference | None] = field(default_factory=dict)
    unbuilt: dict[str, str] = field(default_factory=dict)
    checks: tuple[str, ...] = ()


def tried(project: Path, server: EmbeddedPostgres, home: Path, *, of_manifest: bool) -> Tried:
    """What came of the project in a folder. It is built in `home`, and in a database of its own, called the same."""
    database = home.name
    with server.connect() as session:
        session.execute(f"DROP DATABASE IF EXISTS {database}".encode())
        session.execute(f"CREATE DATABASE {database}".encode())
    shutil.rmtree(home, ignore_errors=True)
    root = Path(shutil.copytree(project, home / "project", ignore=partial(_not_copied, project)))
    with server.connect(database) as session:
        work = _Work(root=root, folder=home / "dag_configs", server=server, session=session)
        return work.run(of_manifest=of_manifest)


def _not_copied(project: Path, folder: str, names: list[str]) -> set[str]:
    """What dbt writes; and of a package, which may be a link to the folder above, the project of its own tests."""
    written = {"target", "logs", ".git"} if Path(folder) == project else set()
    of_package = {"integration_tests", _PACKAGES} if _PACKAGES in Path(folder).parts else set()
    return {*written, *of_package} & set(names)


@dataclass(kw_only=True)
class _Work:
    root: Path
    folder: Path
    server: EmbeddedPostgres
    session: psycopg.Connection

    def __post_init__(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        text = (self.root / "dbt_project.yml").read_text("utf-8")
        settings = yaml.safe_load(text)
        self.found = Tried(name=str(settings.get("name")))
        # Where the project looks for its sources, which its seeds are.
        self.schema = found[1] if (found := _SCHEMA.search(text)) else "bench"
        profile = profile_text(str(settings.get("profile")), _TARGET, self._login())
        (self.root / "profiles.yml").write_text(profile, "utf-8")

    def run(self, *, of_manifest: bool) -> Tried:
        try:
            manifest = self._by_dbt()
        except RuntimeError as error:
            self.found.failed = str(error)
            return self.found
        self._import(of_manifest=of_manifest)
        schemas = sorted({node.relation.schema for node in manifest.nodes.values() if node.relation.schema})
        self._put_aside(schemas, manifest)
        outcome = self._ours(is_later=False)
        self.found.unbuilt, self.found.checks = outcome.refused, outcome.failed_checks
        self.found.first = self._compared(outcome)
        if any(model.materialized == "incremental" for model in manifest.models):
            try:
                self._later(schemas, manifest)
            except RuntimeError as error:
                self.found.failed = f"later: {error}"
        return self.found

    def _later(self, schemas: list[str], manifest: Manifest) -> None:
        """Both build all without some rows, then go on with these."""
        seeds = seeds_of(self.root)
        with held_back((*seeds, *seeds_of(self.folder))):
            self._put_back(schemas)
            self._by_dbt("--full-refresh")
            self._put_aside(schemas, manifest)
            self._ours(is_later=False)
        self._put_back(schemas)
        self._by_dbt()
        self._put_aside(schemas, manifest)
        outcome = self._ours(is_later=True)
        self.found.later = self._compared(outcome)
        if any(self.found.later.values()):
            self._put_back(schemas)
            self._by_dbt("--full-refresh")
            self._put_aside(schemas, manifest)
            self.found.full = self._compared(outcome)

    def _login(self) -> Login:
        server = self.server
        database = self.session.info.dbname
        return Login(host=server.host, port=server.port, user=SUPERUSER, password=server.password, database=database)

    def _environment(self) -> dict[str, str]:
        given = environment(self._login(), self.schema, "bench", merged_with_callers({}))
        return {**given, "PGTZ": "UTC", "DBT_PROFILES_DIR": str(self.root)}

    def _by_dbt(self, *options: str) -> Manifest:
        # Seeds first: what reads them as sources does not wait for them.
        self._called([str(DBT), "seed", "--full-refresh", "--threads", "4"], self.root)
        others = ("--exclude-resource-type", "test", "unit_test", "seed")
        self._called([str(DBT), "build", *others, "--threads", "4", *options], self.root)
        manifest = read_manifest(self.root / "target" / "manifest.json")
        if not isinstance(manifest, Manifest):
            raise RuntimeError(str(manifest))
        return manifest

    def _import(self, *, of_manifest: bool) -> None:
        named = self.root / "target" / "manifest.json" if of_manifest else self.root
        said = self._called(
            [sys.executable, "-m", "summary_tables", "import", str(named), "--dbt", str(DBT)],
            self.folder.parent,
            may_fail=True,
        )
        (self.folder.parent / "import.txt").write_text(said, "utf-8")
        if figures := _FIGURES.search(said):
            self.found.figures = tuple(map(int, figures.groups()))
        lint = self._called([sys.executable, "-m", "summary_tables", "lint"], self.folder.parent, may_fail=True)
        (self.folder.parent / "lint.txt").write_text(lint, "utf-8")
        self.found.lint = lint.strip().splitlines()[-1] if lint.strip() else ""

    def _called(self, command: list[str], folder: Path, *, may_fail: bool = False) -> str:
        """What it printed. Raises RuntimeError where it failed, and may not."""
        done = subprocess.run(command, cwd=folder, env=self._environment(), capture_output=True, text=True, check=False)
        if done.returncode and not may_fail:
            (self.folder.parent / "failed.txt").write_text(done.stdout, "utf-8")
            raise RuntimeError(f"{Path(command[0]).name} {command[1]} failed:\n{done.stdout[-2000:]}")
        return done.stdout + done.stderr

    def _put_aside(self, schemas: Iterable[str], manifest: Manifest) -> None:
        """What dbt built stands aside; what stays with dbt is read through views in its place."""
        for schema in schemas:
            ours = self._has(f"our_{schema}")
            self._execute(f'ALTER SCHEMA "{schema}" RENAME TO "{_ASIDE}{schema}"')
            self._execute(f'ALTER SCHEMA "our_{schema}" RENAME TO "{schema}"' if ours else f'CREATE SCHEMA "{schema}"')
        for node in manifest.nodes.values():
            stays = node.resource_type == "snapshot" or node.materialized not in _BUILT or node.language != "sql"
            if stays and self._has_relation(f"{_ASIDE}{node.relation.schema}", node.relation.table):
                name = f'"{node.relation.schema}"."{node.relation.table}"'
                self._execute(f"DROP VIEW IF EXISTS {name}; CREATE VIEW {name} AS SELECT * FROM {self._aside(node)}")

    def _put_back(self, schemas: Iterable[str]) -> None:
        for schema in schemas:
            self._execute(f'ALTER SCHEMA "{schema}" RENAME TO "our_{schema}"')
            self._execute(f'ALTER SCHEMA "{_ASIDE}{schema}" RENAME TO "{schema}"')

    def _aside(self, node: Model) -> str:
        return f'"{_ASIDE}{node.relation.schema}"."{node.relation.table}"'

    def _ours(self, *, is_later: bool) -> Outcome:
        return built(self.folder, self.session, is_later=is_later)

    def _compared(self, outcome: Outcome) -> dict[str, Difference | None]:
        return {
            name: difference(self.session, f'"{_ASIDE}{schema}"."{table}"', f'"{schema}"."{table}"')
            for name in outcome.built
            for schema, table in (name.split("."),)
            if self._has_relation(f"{_ASIDE}{schema}", table)
        }

    def _execute(self, statement: str) -> None:
        self.session.execute(statement.encode())

    def _has(self, schema: str) -> bool:
        return self.session.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,)).fetchone() is not None

    def _has_relation(self, schema: str, name: str) -> bool:
        found = self.session.execute(
            "SELECT to_regclass(format('%%I.%%I', %s::text, %s::text))", (schema, name)
        ).fetchone()
        return found is not None and found[0] is not None
