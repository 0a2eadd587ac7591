"""One entry of a manifest as a record. What is missing, null or of another type than promised counts as not said."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, cast

from summary_tables.dbt.records import (
    Age,
    Column,
    Constraint,
    DataTest,
    Exposure,
    Macro,
    Model,
    Relation,
    ResourceType,
    Rows,
    Source,
    UnitTest,
)

Entry = Mapping[str, Any]


def model(entry: Entry, group_owners: Mapping[str, str]) -> Model:
    """A model, seed or snapshot. `group_owners` says who answers for which group."""
    config, meta = mapping(entry.get("config")), meta_of(entry)
    group = text(entry, "group") or text(config, "group")
    return Model(
        unique_id=text(entry, "unique_id"),
        name=text(entry, "name"),
        package=text(entry, "package_name"),
        resource_type=cast(ResourceType, text(entry, "resource_type")),
        relation=_relation(entry, text(entry, "alias") or text(entry, "name")),
        materialized=text(config, "materialized"),
        relation_name=text(entry, "relation_name"),
        language=text(entry, "language") or "sql",
        raw_code=_code(entry, "raw"),
        is_empty=str(entry.get("raw_code", entry.get("raw_sql"))).strip() == "",
        compiled_code=_code(entry, "compiled"),
        description=text(entry, "description"),
        columns=_columns(entry),
        config=config,
        written=frozenset(map(str, mapping(entry.get("unrendered_config")))),
        meta=meta,
        tags=_texts(entry.get("tags")) or _texts(config.get("tags")),
        owner=_owner(meta.get("owner")) or group_owners.get(group, ""),
        group=group,
        constraints=_constraints(entry),
        has_contract=mapping(config.get("contract")).get("enforced") is True,
        version=text(entry, "version"),
        latest_version=text(entry, "latest_version"),
        deprecation_date=text(entry, "deprecation_date"),
        depends_on=_depends_on(entry),
        path=_path(entry),
        patch_path=text(entry, "patch_path").replace("\\", "/").rpartition("://")[2],
    )


def data_test(entry: Entry) -> DataTest:
    """A data test, generic or singular."""
    config, metadata = mapping(entry.get("config")), mapping(entry.get("test_metadata"))
    arguments, depends_on = mapping(metadata.get("kwargs")), _depends_on(entry)
    limit = config.get("limit")
    return DataTest(
        unique_id=text(entry, "unique_id"),
        name=text(entry, "name"),
        package=text(entry, "package_name"),
        kind=text(metadata, "name"),
        namespace=text(metadata, "namespace"),
        arguments={key: value for key, value in _flat(arguments).items() if key not in ("model", "column_name")},
        column=text(entry, "column_name") or text(arguments, "column_name"),
        model=_attached(entry, depends_on) if metadata else "",
        depends_on=depends_on,
        severity="warn" if text(config, "severity").lower() == "warn" else "error",
        condition=text(config, "where"),
        warn_if=text(config, "warn_if") or "!= 0",
        error_if=text(config, "error_if") or "!= 0",
        fail_calc=text(config, "fail_calc") or "count(*)",
        limit=limit if isinstance(limit, int) else None,
        enabled=config.get("enabled") is not False,
        raw_code=_code(entry, "raw"),
        compiled_code=_code(entry, "compiled"),
        description=text(entry, "description"),
        meta=meta_of(entry),
        tags=_texts(entry.get("tags")),
        path=_path(entry),
    )


def source(entry: Entry) -> Source:
    """One table of a source."""
    freshness = mapping(entry.get("freshness")) or mapping(mapping(entry.get("config")).get("freshness"))
    meta = {**mapping(entry.get("source_meta")), **meta_of(entry)}
    return Source(
        unique_id=text(entry, "unique_id"),
        source=text(entry, "source_name"),
        name=text(entry, "name"),
        package=text(entry, "package_name"),
        relation=_relation(entry, text(entry, "identifier") or text(entry, "name")),
        relation_name=text(entry, "relation_name"),
        description=text(entry, "description"),
        source_description=text(entry, "source_description"),
        columns=_columns(entry),
        loaded_at=_loaded_at(entry) or _loaded_at(mapping(entry.get("config"))),
        warn_after=_age(freshness.get("warn_after")),
        error_after=_age(freshness.get("error_after")),
        owner=_owner(meta.get("owner")),
        tags=_texts(entry.get("tags")),
        meta=meta,
        path=_path(entry),
    )


def unit_test(entry: Entry) -> UnitTest:
    """A unit test of a model."""
    given = entry.get("given")
    return UnitTest(
        unique_id=text(entry, "unique_id"),
        name=text(entry, "name"),
        model=text(entry, "model"),
        package=text(entry, "package_name"),
        description=text(entry, "description"),
        given=tuple(_rows(item) for item in given if isinstance(item, dict)) if isinstance(given, list) else (),
        expect=_rows(mapping(entry.get("expect"))),
        overrides=mapping(entry.get("overrides")),
        depends_on=_depends_on(entry),
        meta=meta_of(entry),
        path=_path(entry),
    )


def macro(entry: Entry) -> Macro:
    """A macro."""
    return Macro(
        unique_id=text(entry, "unique_id"),
        name=text(entry, "name"),
        package=text(entry, "package_name"),
        sql=text(entry, "macro_sql"),
        path=_path(entry),
    )


def exposure(entry: Entry) -> Exposure:
    """A dashboard, report or application."""
    return Exposure(
        unique_id=text(entry, "unique_id"),
        name=text(entry, "name"),
        label=text(entry, "label"),
        url=text(entry, "url"),
        owner=_owner(entry.get("owner")),
        depends_on=_depends_on(entry),
        path=_path(entry),
    )


def mapping(value: object) -> dict[str, Any]:
    """`value` where it is a mapping, else none."""
    return value if isinstance(value, dict) else {}


def text(value: object, key: str = "") -> str:
    """`value`, or what it has below `key`, where that is a text or a number; else nothing."""
    found = mapping(value).get(key) if key else value
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def meta_of(entry: Entry) -> dict[str, Any]:
    """What people wrote below `meta`, beside the entry or in its config."""
    return {**mapping(mapping(entry.get("config")).get("meta")), **mapping(entry.get("meta"))}


_PLACEHOLDER: Final = "--placeholder--"
"""What dbt 2 writes in place of the SQL of a model."""


def _code(entry: Entry, kind: Literal["raw", "compiled"]) -> str:
    """The SQL of a model or test; before dbt 1.3 it was called `raw_sql`. Empty where there is none."""
    found = text(entry, f"{kind}_code") or text(entry, f"{kind}_sql")
    return "" if found.strip() in ("", _PLACEHOLDER) else found.replace("__dbt__CTE__", "__dbt__cte__")


def _path(entry: Entry) -> str:
    """From the project's folder; dbt on Windows writes `\\`."""
    return text(entry, "original_file_path").replace("\\", "/")


def _texts(value: object) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(dict.fromkeys(text(item) for item in items if text(item)))


def _relation(entry: Entry, table: str) -> Relation:
    """A name that SQL has without quotes means the one in small letters: `RAW.Orders` of Snowflake is `raw.orders`."""
    names = [text(entry, "database"), text(entry, "schema"), table]
    written = text(entry, "relation_name")
    if written and not any(quote in written for quote in _QUOTES):
        names = [name.lower() for name in names]
    database, schema, table = names
    return Relation(database=database, schema=schema, table=table)


_QUOTES: Final = ('"', "`", "[")


def _depends_on(entry: Entry) -> tuple[str, ...]:
    return _texts(mapping(entry.get("depends_on")).get("nodes"))


def _columns(entry: Entry) -> tuple[Column, ...]:
    columns = entry.get("columns")
    items = columns.values() if isinstance(columns, dict) else columns if isinstance(columns, list) else ()
    return tuple(_column(item) for item in items if isinstance(item, dict))


def _column(entry: Entry) -> Column:
    return Column(
        name=text(entry, "name"),
        data_type=text(entry, "data_type"),
        description=text(entry, "description"),
        quoted=entry.get("quote") is True,
        tags=_texts(entry.get("tags")) or _texts(mapping(entry.get("config")).get("tags")),
        meta=meta_of(entry),
        constraints=_constraints(entry),
    )


def _constraints(entry: Entry) -> tuple[Constraint, ...]:
    items = entry.get("constraints")
    found = (item for item in items if isinstance(item, dict)) if isinstance(items, list) else ()
    return tuple(
        Constraint(
            kind=text(item, "type"),
            columns=_texts(item.get("columns")),
            expression=text(item, "expression"),
            name=text(item, "name"),
        )
        for item in found
    )


def _loaded_at(entry: Entry) -> str:
    """dbt asks the query of a table where the column is that of all tables of its source."""
    return text(entry, "loaded_at_query") or text(entry, "loaded_at_field")


def _owner(value: object) -> str:
    """A name, or whatever a list or a record of owners begins with."""
    if isinstance(value, list):
        return _owner(value[0]) if value else ""
    return text(value) or text(value, "name") or text(value, "email")


def _flat(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Since dbt 1.10 they may stand below `arguments`."""
    return {**arguments, **mapping(arguments.get("arguments"))} if "arguments" in arguments else dict(arguments)


def _attached(entry: Entry, depends_on: tuple[str, ...]) -> str:
    """What a generic test looks at. Older manifests do not say it: a `relationships` names the other model first."""
    named = text(entry, "attached_node")
    return named or next(reversed(depends_on), "")


def _age(value: object) -> Age | None:
    count, period = mapping(value).get("count"), text(value, "period")
    return Age(count=count, period=period) if isinstance(count, int) and period else None


def _rows(entry: Entry) -> Rows:
    rows = entry.get("rows")
    return Rows(
        input=text(entry, "input"),
        rows=tuple(_row_items(rows)),
        sql=rows if isinstance(rows, str) and text(entry, "format") == "sql" else "",
        fixture=text(entry, "fixture") if not rows else "",
    )


def _row_items(rows: object) -> Iterator[Mapping[str, Any]]:
    return (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else iter(())
