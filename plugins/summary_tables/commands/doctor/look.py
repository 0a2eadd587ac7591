"""Reads and asks all that the checks look at."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from summary_tables.commands.doctor.ask_airflow import ask_airflow
from summary_tables.commands.doctor.ask_slack import ask_places
from summary_tables.commands.doctor.ask_warehouse import TYPES, WarehouseDoctor, address_of
from summary_tables.commands.doctor.built import built_in
from summary_tables.commands.doctor.setup import Setup, Unreachable, Warehouse
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.model.airflow_report import AirflowConnection, AirflowReport
from summary_tables.model.alerts import Destination
from summary_tables.model.settings import Settings, Slack
from summary_tables.runs.dbt_build.program import find_dbt
from summary_tables.warehouse.session.driver import DriverError

PACKAGES = (
    "apache-airflow",
    "apache-airflow-providers-common-sql",
    "apache-airflow-providers-postgres",
    "apache-airflow-providers-slack",
    "dag-factory",
    "psycopg",
)


def looked_at(path: Path, address: str | None, *, has_airflow: bool) -> Setup:
    """The set-up of the tables in the folder `path`. `address`: of a warehouse, in the place of the connections."""
    folder = read_folder(path)
    settings = settings_from_data(folder.usable.data if folder.usable else {})
    doctor = WarehouseDoctor(folder, settings.warehouse)
    airflow = _airflow(folder, settings) if has_airflow else None
    report = airflow if isinstance(airflow, AirflowReport) else None
    return Setup(
        folder=folder,
        settings=settings,
        airflow=airflow,
        warehouses=_warehouses(doctor, folder, address, report),
        versions=_versions(),
        files=_dag_files(report) if report else None,
        slack=ask_places(_places(folder, settings), report, _slack_of_all(settings)) if report else {},
        readers=doctor.readers,
        has_dbt=find_dbt(path.absolute().parent) is not None,
    )


def _airflow(folder: ConfigFolder, settings: Settings) -> AirflowReport | str:
    tables = [each.table for each in built_in(folder)]
    conn_ids = {*(table.conn_id for table in tables), *_places(folder, settings)}
    return ask_airflow(conn_ids, {table.table for table in tables})


def _warehouses(
    doctor: WarehouseDoctor, folder: ConfigFolder, address: str | None, report: AirflowReport | None
) -> Mapping[str, Warehouse]:
    if address is not None:
        return {"": doctor.ask("", address, "The given address")}
    used = {each.table.conn_id for each in built_in(folder)}
    known = report.connections if report else {}
    found = {conn_id: known.get(conn_id) for conn_id in sorted(used)}
    return {
        conn_id: _through(doctor, conn_id, connection)
        for conn_id, connection in found.items()
        if connection and connection.type in TYPES
    }


def _through(doctor: WarehouseDoctor, conn_id: str, connection: AirflowConnection) -> Warehouse:
    called = f"The connection `{conn_id}`"
    try:
        address = address_of(connection)
    except DriverError:  # its text may hold what stands in the connection
        why = "something in its fields or its extra is nothing that a PostgreSQL driver knows"
        return Warehouse(called=called, tables=(), answer=Unreachable(why))
    return doctor.ask(conn_id, address, called)


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _dag_files(report: AirflowReport) -> frozenset[str] | None:
    """Where DAGs come from bundles of one's own, such as from git, nobody knows here what is in them."""
    folder = Path(report.settings["core.dags_folder"])
    bundles = report.settings["dag_processor.dag_bundle_config_list"]
    if bundles.count('"classpath"') != 1 or "LocalDagBundle" not in bundles or '"path"' in bundles:
        return None
    return frozenset(path.name for path in folder.rglob("*.py")) if folder.is_dir() else frozenset()


def _places(folder: ConfigFolder, settings: Settings) -> Mapping[str, bool]:
    """The connections by which people hear of tables; whether one has to say in which channel."""
    alerts = settings.alerts
    places = [*alerts.default, *(place for route in alerts.routes for place in route.to)]
    places += [place for each in built_in(folder) for place in each.table.alerts.to]
    if not alerts.default:
        places += [Destination(conn_id=conn_id) for conn_id in _slack_of_all(settings)]
    found: dict[str, bool] = {}
    for place in places:
        found[place.conn_id] = found.get(place.conn_id, False) or not place.channel
    return found


def _slack_of_all(settings: Settings) -> tuple[str, ...]:
    return tuple(each.conn_id for each in settings.notifiers if isinstance(each, Slack))
