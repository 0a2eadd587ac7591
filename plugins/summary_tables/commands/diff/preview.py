"""A pull request: two states of the folder, and what is known of them, for the comment and for programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from summary_tables.commands.diff.changes import FolderChange, TableChange, folder_change
from summary_tables.commands.diff.column_changes import ColumnChange, ColumnSearch, columns_before
from summary_tables.commands.diff.dbt_part import ModelChange, model_changes, with_lost_columns, with_lost_models
from summary_tables.commands.diff.lint_part import of_interest, with_removals, without_manifests
from summary_tables.commands.diff.lost_models import DbtProjects
from summary_tables.commands.diff.model_columns import changed_models, columns_gone, model_column_changes
from summary_tables.commands.diff.project_part import changed_projects
from summary_tables.commands.diff.query_test_part import QueryTests
from summary_tables.configs.config import DEFAULTS_FILE
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.column_lineage import ColumnLineage, column_lineage
from summary_tables.lint.facts.lineage import Lineage, lineage
from summary_tables.lint.facts.model_queries import ModelQuery
from summary_tables.lint.result import LintResult
from summary_tables.runs.data_diff.table_data import TableData


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Two states of the folder, what lint and tests say of the second, and the moment behind which runs are shown.

    `rows`: what becomes of those of a table, by its name. `without_data`: why that is not shown, where somebody expects
    it. `dbt`: what changes in the dbt projects of the folder; None: it has none.
    """

    before: ConfigFolder
    after: ConfigFolder
    lint: LintResult
    now: datetime
    tests: QueryTests = field(default_factory=QueryTests)
    without_data: str = ""
    rows: Mapping[str, TableData] = field(default_factory=dict)
    dbt: DbtProjects | None = None

    @cached_property
    def change(self) -> FolderChange:
        return folder_change(self.before, self.after)

    @cached_property
    def changes(self) -> tuple[TableChange, ...]:
        """Tables whose file changes, and those of which `defaults.yaml` changes what others can notice."""
        return (*self.change.tables, *(change for change in self.change.inherited if change.reaches_readers))

    @property
    def files(self) -> tuple[TableFile, ...]:
        """Those of tables that change and stay."""
        return tuple(change.after for change in self.changes if change.after)

    @cached_property
    def lineage_after(self) -> Lineage:
        return _with_models(lineage(self.after), self.dbt.queries_after if self.dbt else {})

    @cached_property
    def column_changes(self) -> Mapping[str, tuple[ColumnChange, ...]]:
        """By the name that the table has now, what of its columns changes and what that reaches."""
        return {change.name: self._search.changes(change) for change in self.changes}

    @cached_property
    def model_columns(self) -> Mapping[str, tuple[ColumnChange, ...]]:
        """The same of dbt models, by their full names."""
        return model_column_changes(self.dbt, self._search) if self.dbt else {}

    @cached_property
    def _columns_before(self) -> ColumnLineage:
        models = self.dbt.queries_before if self.dbt else {}
        return column_lineage(self.before, _with_models(lineage(self.before), models), models=models)

    @cached_property
    def _columns_after(self) -> ColumnLineage:
        before = self._columns_before
        besides = columns_before(self.changes, before)
        if self.dbt:
            besides |= {name: before.columns(name) or () for name in changed_models(self.dbt)}
        return column_lineage(self.after, self.lineage_after, besides, self.dbt.queries_after if self.dbt else {})

    @cached_property
    def _search(self) -> ColumnSearch:
        return ColumnSearch(self._columns_before, self._columns_after)

    @cached_property
    def models(self) -> tuple[ModelChange, ...]:
        """What changes of dbt models that somebody reads."""
        return model_changes(self.dbt, self.lineage_after) if self.dbt else ()

    def owner_of(self, table: str) -> str:
        """The owner of a table of the folder as it will be, or of a model."""
        if self.dbt and table not in self.after.by_name:
            return self.dbt.queries_after[table].owner
        return self.after.by_name[table].config.table.owner

    @cached_property
    def affected(self) -> tuple[str, ...]:
        """Tables that do not change and read, also through others, one that does in a way that can reach them."""
        names: dict[str, None] = {}
        for change in self.changes:
            if change.reaches_readers:
                names |= dict.fromkeys(side.full_name for side in (change.before, change.after) if side)
        changed = {change.name for change in self.changes}
        return tuple(name for name in self.lineage_after.downstream(names) if name not in changed)

    @cached_property
    def verdict(self) -> LintResult:
        """Of the files that change; errors of all."""
        stems = {change.after.config.path.stem for change in self.change.tables if change.after}
        projects = changed_projects(self.before, self.after)
        names = {*stems, *self.change.broken, *self.change.rewritten, *projects}
        touched = {f"{self.after.path.name}/{name}.yaml" for name in names}
        if self.change.defaults:
            touched.add(f"{self.after.path.name}/{DEFAULTS_FILE}")
        found = without_manifests(with_removals(self.lint, self.before, self.after))
        if self.dbt:
            found = with_lost_models(found, self.dbt, self.lineage_after)
            found = with_lost_columns(found, self.dbt, columns_gone(self.model_columns, self._columns_after))
        return of_interest(found, touched)


def _with_models(tables: Lineage, queries: Mapping[str, ModelQuery]) -> Lineage:
    """What files say of models, where a manifest may be of another day."""
    return replace(tables, models={name: query.reads for name, query in queries.items()})
