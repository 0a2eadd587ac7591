"""The first run of what waits for others, a table or a dbt project, starts at once where all of them are there already.

Airflow counts for a DAG only what is published after it has read the DAG: a new table that waits for a monthly one
would come a month later. No call of Airflow's counts earlier publications, so the rows that it writes for each
publication (`AssetDagRunQueue`) are written here; what follows from them, the run, is Airflow's own. A publication is
there once, whoever writes it: one that comes at the same moment starts no second run.

It is asked in the DAG processor, after that has stored something; never while files are parsed.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SERVICE = "DagProcessorJob"
_SECONDS = 5.0
_log = logging.getLogger(__name__)


@hookimpl
def on_starting(component: object) -> None:
    """Airflow calls this in each of its services, and before each task."""
    if hasattr(component, "job_type"):
        # Imported here because each task's process comes by.
        from sqlalchemy import event, orm

        event.listen(orm.Session, "after_commit", _AfterCommit(component))


class _AfterCommit:
    """Looks for tables that can start, in a session of its own: what fails there takes nothing else along."""

    def __init__(self, job: object) -> None:
        self._job = job
        self._next = 0.0
        self._told = ""

    def __call__(self, _: Any) -> None:
        # Airflow fills in the kind of service after `on_starting`; asked as an attribute it could be read from the
        # database, where nothing may be asked now.
        if vars(self._job).get("job_type") != _SERVICE or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _SECONDS
        try:
            self._queue()
        except Exception as error:  # whatever it is, the DAG processor must go on, and a table that waits still starts
            # Every few seconds the same would fill the log.
            if str(error) != self._told:
                _log.warning("Whether new tables can start at once could not be asked.", exc_info=True)
            self._told = str(error)

    def _queue(self) -> None:
        from airflow.utils.session import create_session

        from summary_tables.airflow.file_runs import queue_changed_files

        with create_session(scoped=False) as session:
            started = queue_first_runs(session)
        with create_session(scoped=False) as session:
            changed = queue_changed_files(session)
        for dag_id in started:
            _log.info("All that %s waits for was published before it came: its first run starts now.", dag_id)
        for dag_id in changed:
            _log.info("The file of %s has changed: a run of it starts now.", dag_id)


def queue_first_runs(session: "Session") -> list[str]:
    """Lets Airflow start each table that never had a run and whose parents have all been published; returns their DAGs.

    One that is paused follows when it no longer is.
    """
    from airflow.models.dag import DagModel
    from airflow.utils.sqlalchemy import with_row_locks
    from sqlalchemy import select

    ready = _ready(session)
    if not ready:
        return []
    # The scheduler starts runs of a DAG under this lock: none begins between the second answer and what follows.
    rows = select(DagModel.dag_id).where(DagModel.dag_id.in_(ready))
    locked = session.scalars(with_row_locks(rows, session, of=DagModel, skip_locked=True)).all()
    return [dag_id for dag_id in _ready(session, locked) if _count_earlier(session, dag_id)]


def _ready(session: "Session", among: Sequence[str] | None = None) -> list[str]:
    """The DAGs of tables that never had a run, were never published, and have nothing left to wait for."""
    from airflow.models.dag import DagModel
    from sqlalchemy import or_, select

    # Most of the time there is none, and nothing is asked of events.
    never_ran = _never_ran(session, among)
    if not never_ran:
        return []
    query = (
        select(DagModel.dag_id, DagModel.asset_expression, or_(*_waits_for(is_published=False)))
        .where(DagModel.dag_id.in_(never_ran), or_(*_waits_for(is_published=True)))
        .order_by(DagModel.dag_id)
    )
    return [
        dag_id
        for dag_id, expression, is_one_missing in session.execute(query)
        if not is_one_missing or "any" in (expression or {})
    ]


def _never_ran(session: "Session", among: Sequence[str] | None) -> list[str]:
    """The DAGs of tables that never had a run and were never published, and those of dbt projects."""
    from airflow.models.asset import AssetEvent, AssetModel, TaskOutletAssetReference
    from airflow.models.dag import DagModel
    from airflow.models.dagrun import DagRun
    from sqlalchemy import and_, exists, or_, select

    from summary_tables.airflow.assets import GROUP

    own = TaskOutletAssetReference
    is_projects = and_(own.task_id == "build", AssetModel.group == GROUP)
    query = (
        select(DagModel.dag_id, AssetModel.name, is_projects)
        .join(own, own.dag_id == DagModel.dag_id)
        .join(AssetModel, AssetModel.id == own.asset_id)
        .where(
            or_(own.task_id == "publish", is_projects),
            DagModel.is_paused.is_(False),
            DagModel.is_stale.is_(False),
            or_(*(exists().where(reference.dag_id == DagModel.dag_id) for reference, _ in _references())),
            ~exists().where(DagRun.dag_id == DagModel.dag_id),
            # Of a DAG that somebody deleted and that came back with its file, this is what tells.
            ~exists().where(AssetEvent.asset_id == own.asset_id),
        )
    )
    if among is not None:
        query = query.where(DagModel.dag_id.in_(among))
    # Other people's DAGs have assets of other names; a project has those of all its models.
    found = session.execute(query)
    return list(dict.fromkeys(dag for dag, name, is_of_dbt in found if is_of_dbt or name.rpartition(".")[2] == dag))


def _waits_for(*, is_published: bool) -> Iterator[Any]:
    """Conditions: the DAG waits for an asset that was published once, or that never was; one for each kind of waiting.

    Assets of others are referred to by a name or URI, of which there need not be an asset yet.
    """
    from airflow.models.asset import AssetEvent
    from airflow.models.dag import DagModel
    from sqlalchemy import exists

    for reference, asset in _references():
        event = exists().where(AssetEvent.asset_id == asset.id, _is_of(reference, asset))
        condition = event if is_published else ~event
        yield exists().where(reference.dag_id == DagModel.dag_id, condition)


def _references() -> "list[tuple[Any, Any]]":
    """How a DAG's schedule refers to assets, each with an alias of the assets."""
    from airflow.models import asset as models
    from sqlalchemy.orm import aliased

    kinds = (
        models.DagScheduleAssetReference,
        models.DagScheduleAssetNameReference,
        models.DagScheduleAssetUriReference,
    )
    return [(kind, aliased(models.AssetModel)) for kind in kinds]


def _is_of(reference: Any, asset: Any) -> Any:
    """The condition that `asset` is meant."""
    from sqlalchemy import and_

    if hasattr(reference, "asset_id"):
        return asset.id == reference.asset_id
    named = asset.name == reference.name if hasattr(reference, "name") else asset.uri == reference.uri
    # Of two that share a name, Airflow makes one inactive.
    return and_(named, asset.active.has())


def _count_earlier(session: "Session", dag_id: str) -> bool:
    """Counts what was published before; False: all of it is counted, and the scheduler has yet to come by."""
    from airflow.models.asset import AssetDagRunQueue, AssetEvent
    from sqlalchemy import exists, select

    counted = select(AssetDagRunQueue.asset_id).where(AssetDagRunQueue.target_dag_id == dag_id)
    missing: set[int] = set()
    for reference, asset in _references():
        published = exists().where(AssetEvent.asset_id == asset.id)
        parents = select(asset.id).join(reference, _is_of(reference, asset))
        missing |= set(session.scalars(parents.where(reference.dag_id == dag_id, published, asset.id.not_in(counted))))
    for asset_id in sorted(missing):
        _count(session, AssetDagRunQueue(asset_id=asset_id, target_dag_id=dag_id))
    return bool(missing)


def _count(session: "Session", row: Any) -> None:
    from sqlalchemy.exc import IntegrityError

    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        _log.debug("Published at this very moment: counted by Airflow.")
