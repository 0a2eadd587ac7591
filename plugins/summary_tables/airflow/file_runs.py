"""A table that is made of a CSV file and has no schedule is built when the file has changed.

Its DAG waits for an asset of its own that stands for the file; what the DAG processor has read of it stands in the
asset's `extra`. Where that is not what the last event of the asset had, the file has changed: then there is a new
event, and what follows from it, the run, is Airflow's own. So a file that is put back is built again, and one that was
read a thousand times is built once. It is asked where first runs are asked for: see `first_runs`.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from summary_tables.configs.config import Config
from summary_tables.configs.file_content import is_there
from summary_tables.model.row_source import CsvFile
from summary_tables.warehouse.sources.csv_file.content import Unreadable, path_of, read_bytes

if TYPE_CHECKING:
    from airflow.sdk import Asset
    from sqlalchemy.orm import Session

GROUP = "summary_tables_csv"
"""The group of these assets; other people's are in others."""
_CONTENT = "content"


def file_asset(config: Config, source: CsvFile) -> "Asset":
    """The file, as it is now. One that cannot be read is told of by the run that it starts, as any that changes."""
    from airflow.sdk import Asset

    # Names of assets are ASCII; the name of a table is, and that of a file need not be.
    return Asset(name=f"{config.table.full_name}.csv", group=GROUP, extra={_CONTENT: _digest(config, source)})


def _digest(config: Config, source: CsvFile) -> str:
    """Of all that the rows are made of: the file, and what `columns` make of it. Empty: there is no file.

    That may be so for a moment, while a deployment puts new files in place.
    """
    content = read_bytes(config.path, source)
    if isinstance(content, Unreadable):
        return content.why if is_there(path_of(config.path, source)) else ""
    meant = [(column.name, column.type, column.header) for column in config.table.columns]
    return hashlib.sha256(repr((source, meant)).encode() + content).hexdigest()


def queue_changed_files(session: "Session") -> list[str]:
    """Lets Airflow start each table whose file has changed; returns their DAGs.

    One that is paused follows when it no longer is.
    """
    from airflow.models.dag import DagModel
    from airflow.utils.sqlalchemy import with_row_locks
    from sqlalchemy import select

    changed = _changed(session)
    if not changed:
        return []
    # Of two DAG processors one tells of the change.
    rows = select(DagModel.dag_id).where(DagModel.dag_id.in_([dag_id for dag_id, _ in changed]))
    locked = session.scalars(with_row_locks(rows, session, of=DagModel, skip_locked=True)).all()
    found = _changed(session, locked)
    for _, asset in found:
        _tell(session, asset)
    return [dag_id for dag_id, _ in found]


def _changed(session: "Session", among: Sequence[str] | None = None) -> list[tuple[str, Any]]:
    """The DAGs whose file is not that of the last event, with the asset."""
    from airflow.models.asset import AssetModel, DagScheduleAssetReference
    from airflow.models.dag import DagModel
    from sqlalchemy import select

    reference = DagScheduleAssetReference
    query = (
        select(DagModel.dag_id, AssetModel)
        .join(reference, reference.dag_id == DagModel.dag_id)
        .join(AssetModel, AssetModel.id == reference.asset_id)
        .where(AssetModel.group == GROUP, DagModel.is_paused.is_(False), DagModel.is_stale.is_(False))
        .order_by(DagModel.dag_id)
    )
    if among is not None:
        query = query.where(DagModel.dag_id.in_(among))
    found = [(dag_id, asset) for dag_id, asset in session.execute(query)]
    return [(dag_id, asset) for dag_id, asset in found if asset.extra.get(_CONTENT) not in ("", _told(session, asset))]


def _told(session: "Session", asset: Any) -> object:
    """What the last event said of the file; None: there was none."""
    from airflow.models.asset import AssetEvent
    from sqlalchemy import select

    events = select(AssetEvent.extra).where(AssetEvent.asset_id == asset.id)
    last = session.scalar(events.order_by(AssetEvent.timestamp.desc(), AssetEvent.id.desc()).limit(1))
    return last.get(_CONTENT) if last else None


def _tell(session: "Session", asset: Any) -> None:
    from airflow.assets.manager import asset_manager

    asset_manager.register_asset_change(asset=asset, extra=dict(asset.extra), session=session)
