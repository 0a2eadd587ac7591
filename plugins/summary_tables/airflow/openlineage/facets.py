"""A step that is over -> inputs and outputs of OpenLineage, with schemas and columns.

https://openlineage.io/docs/spec/naming has the names of tables: `postgres://host:5432` and `database.schema.table`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from summary_tables.airflow.openlineage.columns_read import Columns, ColumnsRead, Used, columns_read
from summary_tables.configs.config import Config
from summary_tables.model.build import Build
from summary_tables.model.source_table import TableKey
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.session.session import Session

if TYPE_CHECKING:
    # Airflow may load this file where they are not installed.
    from airflow.providers.openlineage.extractors.base import OperatorLineage
    from openlineage.client.event_v2 import Dataset
    from openlineage.client.facet_v2 import DatasetFacet, column_lineage_dataset

_SCHEMES = {"redshift": "redshift"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the warehouse is, as OpenLineage calls it."""

    namespace: str
    database: str

    def named(self, key: TableKey) -> dict[str, str]:
        return {"namespace": self.namespace, "name": ".".join((self.database, *key))}


def lineage_of_build(session: Session, config: Config, sql: str) -> "OperatorLineage":
    """Of a step that built a version: what it read, and the SQL as it was sent."""
    from airflow.providers.openlineage.extractors.base import OperatorLineage
    from openlineage.client.facet_v2 import sql_job

    read, columns = _read(session, config)
    jobs = {"sql": sql_job.SQLJobFacet(query=sql)} if sql else {}
    return OperatorLineage(inputs=_inputs(_place(session, config), read, columns), job_facets=jobs)


def lineage_of_publish(session: Session, config: Config, build: Build | None) -> "OperatorLineage":
    """Of a step that showed readers a build: the table, and of which columns its columns are made."""
    from airflow.providers.openlineage.extractors.base import OperatorLineage
    from openlineage.client.event_v2 import OutputDataset

    table, place = config.table, _place(session, config)
    read, columns = _read(session, config)
    facets = {
        "schema": _schema(columns.get((table.schema, table.table), ()), _descriptions(config)),
        "columnLineage": _column_lineage(place, read),
        **_said_of(table),
    }
    output = OutputDataset(
        **place.named((table.schema, table.table)),
        facets={name: facet for name, facet in facets.items() if facet},
        outputFacets=_statistics(build),
    )
    return OperatorLineage(inputs=_inputs(place, read, columns), outputs=[output])


def _said_of(table: SummaryTable) -> "dict[str, DatasetFacet | None]":
    from openlineage.client.facet_v2 import documentation_dataset, ownership_dataset

    found: dict[str, DatasetFacet | None] = {}
    if table.description:
        found["documentation"] = documentation_dataset.DocumentationDatasetFacet(description=table.description)
    if table.owner:
        owner = ownership_dataset.Owner(name=table.owner)
        found["ownership"] = ownership_dataset.OwnershipDatasetFacet(owners=[owner])
    return found


def _read(session: Session, config: Config) -> tuple[ColumnsRead, Columns]:
    """What the query reads, and the columns of that and of the table itself."""
    known: dict[TableKey, list[tuple[str, str]]] = {}
    own = (config.table.schema, config.table.table)
    ask = partial(_typed_columns, session, known)
    if not config.table.main_sql:
        ask([own])
        return ColumnsRead(), known
    read = columns_read(config.table, config.dialect, lambda keys: ask([*keys, own]))
    if own not in known:
        ask([own])
    return read, known


def _typed_columns(session: Session, known: dict[TableKey, list[tuple[str, str]]], keys: Sequence[TableKey]) -> Columns:
    for schema, name, column, type_, _ in session.rows(session.sql.inventory.typed_columns(keys)):
        known.setdefault((schema, name), []).append((column, type_))
    return known


def _place(session: Session, config: Config) -> _Place:
    info = session.connection.info
    host = "localhost" if not info.host or info.host.startswith(("/", "@")) else info.host
    scheme = _SCHEMES.get(config.settings.warehouse.dialect, "postgres")
    return _Place(namespace=f"{scheme}://{host}:{info.port}", database=info.dbname)


def _inputs(place: _Place, read: ColumnsRead, columns: Columns) -> "list[Dataset]":
    from openlineage.client.event_v2 import InputDataset

    return [
        InputDataset(**place.named(key), facets={"schema": _schema(columns[key])} if key in columns else {})
        for key in read.tables
    ]


def _schema(columns: Iterable[tuple[str, str]], descriptions: dict[str, str] | None = None) -> "DatasetFacet | None":
    from openlineage.client.facet_v2 import schema_dataset

    fields = [
        schema_dataset.SchemaDatasetFacetFields(name=name, type=type_, description=(descriptions or {}).get(name))
        for name, type_ in columns
    ]
    return schema_dataset.SchemaDatasetFacet(fields=fields) if fields else None


def _descriptions(config: Config) -> dict[str, str]:
    return {column.name: column.description for column in config.table.columns if column.description}


def _column_lineage(place: _Place, read: ColumnsRead) -> "DatasetFacet | None":
    from openlineage.client.facet_v2 import column_lineage_dataset

    fields = {
        name: column_lineage_dataset.Fields(inputFields=[_field(place, used, "DIRECT") for used in sources])
        for name, sources in read.values.items()
        if sources
    }
    rows = [_field(place, used, "INDIRECT") for used in read.rows]
    if not (fields or rows):
        return None
    return column_lineage_dataset.ColumnLineageDatasetFacet(fields=fields, dataset=rows)


def _field(place: _Place, used: Used, kind: str) -> "column_lineage_dataset.InputField":
    from openlineage.client.facet_v2 import column_lineage_dataset

    key, column = used
    how = column_lineage_dataset.Transformation(type=kind)
    return column_lineage_dataset.InputField(**place.named(key), field=column, transformations=[how])


def _statistics(build: Build | None) -> dict[str, Any]:
    if build is None:
        return {}
    from openlineage.client.facet_v2 import output_statistics_output_dataset

    found = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
        rowCount=build.rows, size=build.size_bytes
    )
    return {"outputStatistics": found}
