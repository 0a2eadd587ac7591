"""A dbt project -> drafts of configs, the files beside them, and what is to be said of each model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summary_tables.commands.import_dbt import exported
from summary_tables.commands.import_dbt.columns import declared_columns
from summary_tables.commands.import_dbt.config_file import ConfigFile
from summary_tables.commands.import_dbt.inlined import NoQuery, Queries
from summary_tables.commands.import_dbt.left_out import say_left_out
from summary_tables.commands.import_dbt.model_code import Code, only_by_dbt
from summary_tables.commands.import_dbt.other_warehouse import said_of_project, say_of_parts
from summary_tables.commands.import_dbt.plan import Plan, Views, make_plan, relation_name
from summary_tables.commands.import_dbt.project import DbtProject
from summary_tables.commands.import_dbt.query_tests import is_of, query_tests
from summary_tables.commands.import_dbt.refresh import Growth, growth_of
from summary_tables.commands.import_dbt.relations import databases
from summary_tables.commands.import_dbt.remarks import Remark, Remarks
from summary_tables.commands.import_dbt.seeds import Seed, seed_of
from summary_tables.commands.import_dbt.sources import source_files
from summary_tables.commands.import_dbt.table import head_keys
from summary_tables.commands.import_dbt.table_checks import TableChecks
from summary_tables.commands.import_dbt.targets import say_targets
from summary_tables.commands.import_dbt.waits import waits
from summary_tables.commands.new.draft import Draft
from summary_tables.configs.yaml import edits
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.not_understood import NotUnderstood
from summary_tables.dbt.records import Model, Source
from summary_tables.sql.column_names import column_names
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import tokens
from summary_tables.text.english import counted, plural, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedModel:
    """The file of a model. `seed` is the CSV file beside it."""

    model: Model
    draft: Draft
    seed: Seed | None = None


@dataclass(frozen=True, kw_only=True)
class ImportedProject:
    """What became of a project. `remarks`: what holds for all of it first, then in the order of its files."""

    plan: Plan
    models: tuple[ImportedModel, ...]
    sources: tuple[Draft, ...]
    remarks: tuple[Remark, ...]


def imported_project(
    project: DbtProject, folder: Path, dialect: Dialect, *, views: Views, schedule: str, versions_schema: str
) -> ImportedProject:
    """The configs of the project's models, to stand in `folder`. Writes nothing itself."""
    remarks = Remarks()
    plan = make_plan(project.manifest, views, versions_schema, remarks)
    work = _Work(
        queries=Queries(project=project, plan=plan, dialect=dialect), folder=folder, schedule=schedule, remarks=remarks
    )
    models = tuple(found for model in plan.tables if (found := work.file(model)))
    work.checks.say_left({found.model.unique_id for found in models}, work.failed)
    work.say_unit_tests_left({found.model.unique_id for found in models})
    _say_others(project.manifest, remarks)
    say_left_out(plan, remarks, knows_database=project.knows_database)
    say_targets(project, plan, remarks)
    say_of_parts(work.queries, remarks)
    sources = source_files(plan, folder, dialect, remarks)
    ordered = sorted(remarks.found, key=lambda remark: remark.problem)
    first = said_of_project(project.manifest, dialect)
    return ImportedProject(plan=plan, models=models, sources=sources, remarks=(*first, *ordered))


@dataclass(kw_only=True)
class _Work:
    """Goes through the tables of a plan, each behind what it reads."""

    queries: Queries
    folder: Path
    schedule: str
    remarks: Remarks

    def __post_init__(self) -> None:
        self.columns: dict[tuple[str, str], tuple[str, ...] | None] = {}
        self.failed: set[str] = set()
        self.checks = TableChecks(queries=self.queries, remarks=self.remarks)
        self.waits = waits(self.plan, self.checks.looked_at)

    @property
    def plan(self) -> Plan:
        return self.queries.plan

    def file(self, model: Model) -> ImportedModel | None:
        if model.resource_type == "seed":
            return self._seed_file(model)
        said = exported.exported_keys(model)
        if said is not None:
            return self._exported_file(model, said)
        code = self.queries.code(model)
        if isinstance(code, NotUnderstood):
            self._not_understood(model, NoQuery(model=model, reason=code))
            return None
        if not tokens(code.whole, self.queries.dialect.lexical):
            self.failed.add(model.unique_id)
            message = f"`{model.name}` has no query: with its templates filled in, nothing is left of its file"
            self.remarks.add(
                model.unique_id, model.path, message, "write one, or delete the file in dbt", level="error"
            )
            return None
        growth = growth_of(model, code, self.queries.dialect, self.remarks)
        sql = self.queries.complete(growth.sql, (model,))
        if isinstance(sql, NoQuery):
            self._not_understood(model, sql)
            return None
        sql = self._of_own_database(model, sql)
        self._say_read_by_name(model, sql)
        keys = {**head_keys(model, self.plan.manifest, self.queries.dialect, self.remarks)}
        keys |= {"schedule": self._schedule(model, growth), **growth.settings, "main_sql": sql}
        keys |= {"refresh": growth.refresh} if growth.refresh else {}
        names = self._names(sql)
        self.columns[model.relation.schema, model.relation.table] = names
        columns = declared_columns(model, sql, names, self.queries.dialect, self.remarks)
        keys |= self.checks.keys(model, columns or (), is_part=bool(growth.refresh))
        tests = list(query_tests(model, self.queries, self.remarks))
        keys |= {"tests": tests} if tests else {}
        return self._imported(model, keys, left=() if columns is not None else _described(model))

    def _of_own_database(self, model: Model, sql: str) -> str:
        """What names its own database by hand reads the same without; of another one that is said."""
        others = set[str]()
        for start, end, database in reversed([*databases(sql, self.queries.dialect)]):
            if self.queries.project.knows_database and database.lower() == model.relation.database.lower():
                sql = f"{sql[:start]}{sql[end:]}"
            else:
                others.add(database)
        if others:
            message = f"the query of `{model.name}` names {plural(len(others), 'the database', 'the databases')} "
            fix = "write `schema.table`, and bring the rows into the warehouse's own database where they are elsewhere"
            self.remarks.add(model.unique_id, model.path, f"{message}{quoted(sorted(others))} by hand", fix)
        return sql

    def _say_read_by_name(self, model: Model, sql: str) -> None:
        for view in self.queries.read_by_name(model, sql):
            message = (
                f"the query of `{model.name}` reads the view `{relation_name(view)}` by its name, which nobody builds"
            )
            fix = f"write `ref('{view.name}')` in dbt, or import with `--views table`"
            self.remarks.add(model.unique_id, model.path, message, fix)

    def _exported_file(self, model: Model, said: Mapping[str, Any]) -> ImportedModel:
        """What `export dbt` made of a file becomes that file again."""
        own = {"this": relation_name(model)}
        sql = exported.own_query(model.raw_code, self._nodes(model.depends_on), own)
        keys = {**head_keys(model, self.plan.manifest, self.queries.dialect, self.remarks, says_hooks=False)}
        unsaid = {key: said[key] for key in ("input_check", "output_check") if key in said}
        keys |= {"main_sql": sql, **{key: value for key, value in said.items() if key not in unsaid}}
        names = self._names(sql)
        self.columns[model.relation.schema, model.relation.table] = names
        columns = declared_columns(model, sql, names, self.queries.dialect, self.remarks)
        checks = self.checks.keys(model, columns or (), is_part="refresh" in said)
        keys |= {**checks, **{key: [*checks.get(key, ()), *items] for key, items in unsaid.items()}}
        tests = list(query_tests(model, self.queries, self.remarks))
        keys |= {"tests": tests} if tests else {}
        return self._imported(model, keys)

    def _nodes(self, unique_ids: Iterable[str]) -> tuple[Model | Source, ...]:
        manifest = self.plan.manifest
        found = (manifest.nodes.get(each) or manifest.sources_by_id.get(each) for each in unique_ids)
        return tuple(each for each in found if each)

    def _seed_file(self, model: Model) -> ImportedModel | None:
        seed = seed_of(model, self.queries.project, self.folder, self.queries.dialect, self.remarks)
        if seed is None:
            self.failed.add(model.unique_id)
            return None
        self.columns[model.relation.schema, model.relation.table] = tuple(column["name"] for column in seed.columns)
        keys = {**head_keys(model, self.plan.manifest, self.queries.dialect, self.remarks)}
        keys |= {"schedule": "none", **(exported.exported_keys(model) or {}), "csv": seed.csv}
        keys |= self.checks.keys(model, seed.columns, is_part=False)
        return self._imported(model, keys, seed=seed)

    def _imported(
        self, model: Model, keys: Mapping[str, Any], *, left: tuple[str, ...] = (), seed: Seed | None = None
    ) -> ImportedModel:
        text = ConfigFile(keys=keys, comments=(f"From {model.path} of the dbt project {model.package}.",), left=left)
        draft = Draft(path=self.folder / f"{model.relation.table}.yaml", text=str(text))
        return ImportedModel(model=model, draft=draft, seed=seed)

    def _not_understood(self, model: Model, found: NoQuery) -> None:
        self.failed.add(model.unique_id)
        line = found.reason.line if found.model is model else 0
        through = "" if found.model is model else f", through `{found.model.name}`"
        why, fix = only_by_dbt(found.model.name, self.queries.project)
        message = f"the query of `{model.name}` needs {found.reason.what}{through}, {why}"
        self.remarks.add(
            model.unique_id, model.path, message, f"{fix}; else write it by hand", level="error", line=line
        )

    def _schedule(self, model: Model, growth: Growth) -> object:
        nodes = self.plan.manifest.nodes
        read = {node.unique_id for node in self.plan.tables_read(model)}
        waits_for = (nodes[each] for each in self.waits[model.unique_id])
        built = [
            each for each in waits_for if self._is_built(each) and (each.unique_id in read or self._has_query(each))
        ]
        at = growth.schedule or self.schedule
        names = sorted(map(relation_name, built))
        self._say_waits(model, [each for each in built if each.unique_id not in read])
        if growth.has_interval and names:
            return {"at": at, "after": names}
        return {"after": names} if names else at

    def _say_waits(self, model: Model, unread: Iterable[Model]) -> None:
        if names := sorted(map(relation_name, unread)):
            message = f"`{model.name}` waits for {quoted(names)}, too: its checks look there, as its tests do in dbt"
            self.remarks.add(model.unique_id, model.path, message, level="info")

    def _has_query(self, model: Model) -> bool:
        """Of what comes behind the table at hand: whether there will be a file of it."""
        if exported.exported_keys(model) is not None:
            return True
        code = self.queries.code(model)
        return isinstance(code, Code) and isinstance(self.queries.complete(code.whole, (model,)), str)

    def _is_built(self, node: Model) -> bool:
        """Built anew again and again: a seed is when its file changes."""
        is_table = self.plan.fate(node.unique_id) == "table" and node.unique_id not in self.failed
        return is_table and node.resource_type != "seed"

    def _names(self, sql: str) -> tuple[str, ...] | None:
        filled = stand_ins.filled(sql)
        if filled is None:
            return None
        known = column_names(filled, self.queries.dialect, lambda schema, name: self.columns.get((schema, name)))
        return known.columns

    def say_unit_tests_left(self, written: Iterable[str]) -> None:
        """Those of models that are a part of other queries, or are left."""
        files = set(written)
        for test in self.plan.manifest.unit_tests:
            model = next((each for each in self.plan.manifest.models if is_of(test, each)), None)
            if model and model.unique_id not in files and self.plan.fate(model.unique_id) == "inlined":
                message = f"the unit test `{test.name}` was left behind: `{model.name}` is a part of other queries here"
                as_tables = ", or import with `--views table`" if model.materialized == "view" else ""
                self.remarks.add(model.unique_id, test.path, message, f"write a test of one of these{as_tables}")


def _say_others(manifest: Manifest, remarks: Remarks) -> None:
    """What stands in the project and has no counterpart in a file."""
    for kind, number in manifest.others.items():
        if kind == "operation":
            message = f"{counted(number, 'hook')} of the whole project (`on-run-start`, `on-run-end`) left out"
            fix = "see what they are for: a file runs one query, and nothing before or after it"
            remarks.add("", "dbt_project.yml", message, fix)
        else:
            message = f"{kind.replace('_', ' ')} ({number}) stay with dbt: no file here says such things"
            remarks.add("", "dbt_project.yml", message, level="info")


def _described(model: Model) -> tuple[str, ...]:
    """What dbt says of columns, as a comment to go on from."""
    items = [
        {"name": column.name, "description": column.description.strip()}
        for column in model.columns
        if column.description.strip()
    ]
    if not items:
        return ()
    return ("What dbt says of some of the columns:", *edits.mapping_lines({"columns": items}).splitlines())
