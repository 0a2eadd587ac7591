"""What a dbt project has, as dbt's own artifacts say it. A `unique_id` is dbt's: `model.shop.orders`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ResourceType = Literal["model", "seed", "snapshot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One of a contract. `kind` is dbt's word: not_null, unique, primary_key, foreign_key, check, custom."""

    kind: str
    columns: tuple[str, ...] = ()
    expression: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a file of the project names. `data_type` is as that spells it; empty: not said."""

    name: str
    data_type: str = ""
    description: str = ""
    quoted: bool = False
    tags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Where rows stand: names as the warehouse has them, without quotes. `table` is empty where there is no table."""

    database: str = ""
    schema: str = ""
    table: str = ""

    @property
    def full_name(self) -> str:
        """`schema.table`, as the asset of a table is called."""
        return f"{self.schema}.{self.table}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model, seed or snapshot. Paths are from the project's folder; `package` is the project that has it.

    `relation.table` is its alias, `name` what `ref` takes, `relation_name` how compiled SQL names it; empty: it stands
    nowhere. `compiled_code` is empty where dbt has not compiled it.
    `is_empty`: its file is, as against SQL that the manifest does not have.
    `written` has the names of the configs that somebody wrote, as against what dbt fills in. `owner` is that of
    `meta`, else its group's. `latest_version` is the one that `ref` takes where it names none.
    """

    unique_id: str
    name: str
    package: str
    resource_type: ResourceType
    relation: Relation
    materialized: str
    relation_name: str = ""
    language: str = "sql"
    raw_code: str = ""
    is_empty: bool = False
    compiled_code: str = ""
    description: str = ""
    columns: tuple[Column, ...] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    meta: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    owner: str = ""
    group: str = ""
    constraints: tuple[Constraint, ...] = ()
    has_contract: bool = False
    version: str = ""
    latest_version: str = ""
    deprecation_date: str = ""
    depends_on: tuple[str, ...] = ()
    path: str = ""
    patch_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTest:
    """A data test. `model` is the unique id of what it looks at; empty for a singular test, which is its own query.

    `kind` is what a file calls it, `not_null`, with the package in `namespace` where it is not dbt's own; empty for a
    singular test. `arguments` has neither `model` nor `column_name`. `condition` is the config `where`.
    """

    unique_id: str
    name: str
    package: str
    kind: str = ""
    namespace: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    column: str = ""
    model: str = ""
    depends_on: tuple[str, ...] = ()
    severity: Literal["error", "warn"] = "error"
    condition: str = ""
    warn_if: str = "!= 0"
    error_if: str = "!= 0"
    fail_calc: str = "count(*)"
    limit: int | None = None
    enabled: bool = True
    raw_code: str = ""
    compiled_code: str = ""
    description: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    path: str = ""

    @property
    def is_singular(self) -> bool:
        """A query of its own, in a file of its own."""
        return not self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How old something may be. `period` is minute, hour or day."""

    count: int
    period: str

    @property
    def hours(self) -> float:
        """The same in hours."""
        return self.count * {"minute": 1 / 60, "hour": 1.0, "day": 24.0}.get(self.period, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table that others fill. `source` is the first argument of `source()`, `name` the second.

    `relation_name` is how compiled SQL names it. `loaded_at` is a column, an expression or a query that tells when.
    """

    unique_id: str
    source: str
    name: str
    package: str
    relation: Relation
    relation_name: str = ""
    description: str = ""
    source_description: str = ""
    columns: tuple[Column, ...] = ()
    loaded_at: str = ""
    warn_after: Age | None = None
    error_after: Age | None = None
    owner: str = ""
    tags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a unit test gives for an input, or expects. `sql` where the rows are a query; `input` as the file has it.

    `fixture` is the file that has the rows where dbt has not read it.
    """

    input: str = ""
    rows: tuple[Mapping[str, Any], ...] = ()
    sql: str = ""
    fixture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTest:
    """What a model makes of given rows. `model` is a name; `overrides` is as the file has it."""

    unique_id: str
    name: str
    model: str
    package: str
    description: str = ""
    given: tuple[Rows, ...] = ()
    expect: Rows = Rows()
    overrides: Mapping[str, Any] = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A macro of the project or of a package, `sql` as its file has it."""

    unique_id: str
    name: str
    package: str
    sql: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A dashboard, report or application that reads models."""

    unique_id: str
    name: str
    label: str = ""
    url: str = ""
    owner: str = ""
    depends_on: tuple[str, ...] = ()
    path: str = ""
