"""How a table is built -> the `config` of a model, and what of it dbt does otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from summary_tables.commands.export_dbt.column_names import in_sql
from summary_tables.commands.export_dbt.dbt_text import jinja_text
from summary_tables.commands.export_dbt.interval import day_begins
from summary_tables.commands.export_dbt.remark import Remark
from summary_tables.configs.table_file import TableFile
from summary_tables.model.table import Attributes, Index, Schedule, SummaryTable
from summary_tables.text.moments import UTC_NAME


def config_block(file: TableFile) -> str:
    """The call of `config` at the head of a model."""
    values = {name: value for name, value in _values(file.config.table).items() if value not in (None, [], {})}
    return "{{ config(\n" + "".join(f"    {name}={_jinja(value)},\n" for name, value in values.items()) + ") }}\n"


def _values(table: SummaryTable) -> dict[str, Any]:
    return {
        "materialized": "incremental" if table.refresh.is_incremental else "table",
        "incremental_strategy": _STRATEGIES.get(table.refresh.strategy),
        # As here: a new column is added and is empty in the rows that are there. A contract needs the word.
        "on_schema_change": "append_new_columns" if table.refresh.is_incremental else None,
        "unique_key": list(map(in_sql, table.refresh.unique_key)),
        "pre_hook": list(_hooks(table)),
        "schema": table.schema,
        "tags": list(table.tags),
        "indexes": index_configs(table.indexes),
        "grants": {"select": list(table.grants.select)} if table.grants.select else {},
        **_attributes(table.attributes),
    }


_STRATEGIES: Final[Mapping[str, str]] = {"append": "append", "delete_insert": "append", "merge": "delete+insert"}


def _hooks(table: SummaryTable) -> Iterator[str]:
    """What comes before the model, in its own transaction: the table's zone, and its rows of the interval go."""
    if table.timezone != UTC_NAME:
        yield f"SET TIME ZONE '{table.timezone}'"
    if table.refresh.strategy == "delete_insert":
        begins = f", begins={day_begins(table)!r}" if day_begins(table) else ""
        yield f"{{{{ delete_interval({table.refresh.time_column!r}, {table.timezone!r}{begins}) }}}}"


def index_configs(indexes: Sequence[Index]) -> list[dict[str, Any]]:
    """The `indexes` of a model or a seed."""
    return list(map(_index, indexes))


def _index(index: Index) -> dict[str, Any]:
    found: dict[str, Any] = {"columns": list(map(in_sql, index.columns))}
    if index.unique:
        found["unique"] = True
    if index.method != "btree":
        found["type"] = index.method
    return found


def _attributes(attributes: Attributes) -> dict[str, Any]:
    """Redshift's; of PostgreSQL's dbt knows none."""
    dist = attributes.distkey or attributes.diststyle
    return {"dist": dist, "sort": list(attributes.sortkey), "sort_type": attributes.sortstyle}


def _jinja(value: Any) -> str:
    """A value as Jinja writes it."""
    if isinstance(value, str):
        return jinja_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_jinja, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_jinja(key)}: {_jinja(each)}' for key, each in value.items())}}}"
    return str(value)


NO_WORD: Final[Mapping[str, str]] = {
    "schedule": "dbt has no schedule: something else starts it",
    "fresh_by": "dbt tells nobody that a table is late",
    "fresh_within": "dbt tells nobody that a table is late",
    "alerts": "dbt tells nobody of a failure",
    "priority": "dbt tells nobody of a failure",
    "pool": "dbt knows no pools, but how many `threads` it has",
    "max_active_runs": "one build of dbt is one run",
    "full_refresh": "dbt builds the table anew for whoever says --full-refresh",
    "conn_id": "dbt builds all models by one profile",
    "retries": "dbt tries nothing again by itself",
    "retry_delay_minutes": "dbt tries nothing again by itself",
    "timeout_minutes": "dbt stops no model after some time",
    "statement_timeout_minutes": "dbt stops no query after some time",
    "lock_timeout_minutes": "dbt waits for locks as long as the warehouse does",
    "max_rows": "dbt builds tables of any size",
    "work_mem_mb": "dbt sets no memory for a model",
    "export": "dbt writes to no sheet",
}


def _is_unsaid(schedule: Schedule) -> bool:
    """There is more of it than models that are built before, which `ref` says."""
    return bool(schedule.cron) or schedule.any_of or len(schedule.tables) < len(schedule.after)


def keys_without_word(file: TableFile) -> Iterator[Remark]:
    """Each key of the file that dbt has no word for."""
    for key, message in NO_WORD.items():
        if key in file.data and (key != "schedule" or _is_unsaid(file.config.table.schedule)):
            yield Remark(path=(key,), message=f"{message} (`{key}`)")
    attributes = file.config.table.attributes
    if attributes.fillfactor is not None or attributes.tablespace is not None:
        message = "dbt sets neither fillfactor nor tablespace (`attributes`)"
        yield Remark(path=("attributes",), message=message, fix="add a `post_hook` to the model")
