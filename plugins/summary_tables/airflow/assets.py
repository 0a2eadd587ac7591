"""The Airflow assets of tables: those that are published here, and those that others fill.

The same asset is named by the task that publishes a table, by the tables that wait for it and by those that read it.
Airflow keeps of it what it read last, so that all of them must come here.
"""

from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Final

from airflow.sdk import Asset, AssetAny
from airflow.sdk.definitions.asset import BaseAsset

from summary_tables.airflow.catalog_address import table_page
from summary_tables.model.asset_name import asset_name
from summary_tables.model.parents import AssetParent
from summary_tables.model.table import Schedule

GROUP: Final = "summary_tables"
SOURCES_GROUP: Final = "sources"

_MOST_INLETS = 50


@cache
def table_asset(full_name: str) -> Asset:
    """That of a table that is published here."""
    return Asset(asset_name(full_name), group=GROUP, extra={"table": full_name, "page": table_page(full_name)})


@cache
def source_asset(full_name: str) -> Asset | None:
    """That of a table that others fill, for Airflow's graph alone; None where Airflow takes no such name.

    No schedule can mean it. It is called like no asset of others: of two that share a name, Airflow makes one inactive
    and fails the tasks that publish it.
    """
    try:
        return Asset(f"{full_name} (source)", group=SOURCES_GROUP, extra={"table": full_name})
    except ValueError:
        return None


def condition(schedule: Schedule) -> list[BaseAsset] | AssetAny:
    """What Airflow waits for before it starts a run: all of the list, or one of what is in `AssetAny`."""
    parents = [table_asset(each) if isinstance(each, str) else foreign_asset(each) for each in schedule.starts_runs]
    return AssetAny(*parents) if schedule.any_of else parents


@cache
def foreign_asset(parent: AssetParent) -> BaseAsset:
    """A reference to one that another DAG publishes, which stays that DAG's alone.

    An asset of ours with its name and another URI, or the other way round, would be a second one: Airflow makes one of
    the two inactive and fails the tasks that publish it.
    """
    if parent.is_uri:
        return Asset.ref(uri=normal_uri(parent.asset))
    return Asset.ref(name=parent.asset)


def normal_uri(uri: str) -> str:
    """As Airflow rewrites it for the asset's own DAG; a reference is compared as it is."""
    return Asset(uri).uri


def inlets(read: Iterable[str], own: str, built_here: frozenset[str]) -> list[Asset]:
    """What the query of the table `own` reads, by full names, as Airflow's graph shows it."""
    # Of a table without a schema nobody knows which one it is.
    names = islice((name for name in read if name != own and "." in name), _MOST_INLETS)
    found = (table_asset(name) if name in built_here else source_asset(name) for name in names)
    return [asset for asset in found if asset]
