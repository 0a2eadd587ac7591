"""What each check says of a set-up that is broken in one way, and that it says nothing of one that is well."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from summary_tables.commands.doctor import checks
from summary_tables.commands.doctor.checks import CHECKS
from summary_tables.commands.doctor.report import findings_text
from summary_tables.commands.doctor.setup import Setup, Unreachable
from summary_tables.commands.init.repository_files import DAG_FILES
from summary_tables.configs.folder import read_folder
from summary_tables.model.airflow_report import AirflowConnection
from summary_tables.model.watcher import WATCHER
from tests.commands.doctor.made_setup import (
    DATABASE,
    NOW,
    REPORT,
    VERSIONS,
    made_setup,
    with_database,
    with_diagnosis,
    with_settings,
)
from tests.golden_files import assert_golden


def said(setup: Setup) -> str:
    found = [(check, finding) for check in CHECKS for finding in check.findings(setup)]
    return findings_text(found, "it")


def with_connection(setup: Setup, connection: AirflowConnection | None) -> Setup:
    return replace(setup, airflow=replace(REPORT, connections={"warehouse": connection}), warehouses={})


def unreached(setup: Setup, why: str) -> Setup:
    warehouse = setup.warehouses["warehouse"]
    return replace(setup, warehouses={"warehouse": replace(warehouse, answer=Unreachable(why))})


def without_package(setup: Setup, name: str, version: str = "") -> Setup:
    others = {key: value for key, value in VERSIONS.items() if key != name}
    return replace(setup, versions={**others, name: version} if version else others)


def with_dbt(setup: Setup, conn_id: str = "warehouse") -> Setup:
    """With the file of a dbt project."""
    file = setup.folder.path / "shop.yaml"
    file.write_text(f"dbt: {{project: dbt/shop}}\nowner: growth\nschedule: none\nconn_id: {conn_id}\n")
    found = replace(setup, folder=read_folder(setup.folder.path))
    file.unlink()
    return with_database(found, known=(*DATABASE.known, "shop"))


def waiting(setup: Setup) -> Setup:
    """With a table that waits for another at the times of its schedule."""
    file = setup.folder.path / "nps_summary.yaml"
    schedule = '{at: "0 6 * * *", after: [analytics.mau_summary]}'
    file.write_text(file.read_text().replace("schedule: none", f"schedule: {schedule}"))
    found = replace(setup, folder=read_folder(setup.folder.path))
    file.write_text(file.read_text().replace(schedule, "none"))
    return found


def in_pool(setup: Setup, pool: str) -> Setup:
    """With a table whose steps take their places there."""
    file = setup.folder.path / "nps_summary.yaml"
    before = file.read_text()
    file.write_text(f"{before}pool: {pool}\n")
    found = replace(setup, folder=read_folder(setup.folder.path))
    file.write_text(before)
    return found


BROKEN: dict[str, Callable[[Setup], Setup]] = {
    "no connection": lambda s: with_connection(s, None),
    "a connection of another type": lambda s: with_connection(s, AirflowConnection(type="mysql")),
    "a secrets backend that fails": lambda s: replace(
        s, airflow=replace(REPORT, connections={}, unreadable={"warehouse": "VaultError"}), warehouses={}
    ),
    "a wrong password": lambda s: unreached(s, "the warehouse refused the user or the password"),
    "a silent warehouse": lambda s: unreached(s, "wh.example.com:5432 gave no answer within 10 seconds"),
    "something else": lambda s: unreached(s, "the warehouse did not take it"),
    "an old server": lambda s: with_diagnosis(s, version=130005),
    "a server without the guard": lambda s: with_diagnosis(s, version=150003),
    "an old Airflow": lambda s: without_package(s, "apache-airflow", "3.2.1"),
    "a dag-factory of the future": lambda s: without_package(s, "dag-factory", "2.0.0"),
    "no provider": lambda s: without_package(s, "apache-airflow-providers-slack"),
    "no dbt": lambda s: replace(with_dbt(s), has_dbt=False),
    "a dbt project whose connection is missing": lambda s: with_dbt(s, conn_id="elsewhere"),
    "a warehouse that is slow": lambda s: with_diagnosis(s, now=NOW - timedelta(minutes=3)),
    "a database that is fast": lambda s: with_database(s, now=NOW + timedelta(seconds=48)),
    "a zone that the warehouse does not know": lambda s: with_diagnosis(s, unknown_zones=("Asia/Seoul",)),
    "an Airflow that does not start": lambda s: replace(s, airflow="ModuleNotFoundError"),
    "no database": lambda s: replace(s, airflow=replace(REPORT, database=None, database_problem="OperationalError")),
    "SQLite": lambda s: with_database(s, kind="sqlite"),
    "no scheduler": lambda s: with_database(s, alive={"SchedulerJob": None, "DagProcessorJob": True}),
    "no triggerer": waiting,
    "no plugin": lambda s: replace(
        s,
        airflow=replace(
            REPORT, plugins=(), plugin_errors={"/plugins/summary_tables_plugin.py": "No module named 'croniter'\nmore"}
        ),
    ),
    "roles without the catalogue": lambda s: with_database(s, without_plugins=("Op", "Sales team", "Viewer")),
    "no DAG files": lambda s: replace(s, files=frozenset({"something.py"})),
    "a table without DAG": lambda s: with_database(s, known=("mau_summary", WATCHER)),
    "a stale DAG": lambda s: with_database(s, stale=("nps_summary",)),
    "a pool that is not there": lambda s: in_pool(s, "haevy"),
    "no watcher": lambda s: with_database(s, known=("mau_summary", "nps_summary")),
    "the paused watcher of one of several repositories": lambda s: with_database(
        s, known=("mau_summary", "nps_summary", f"{WATCHER}.growth"), paused=(f"{WATCHER}.growth",)
    ),
    "a paused watcher": lambda s: with_database(s, paused=(WATCHER,)),
    "tracebacks": lambda s: with_settings(s, core__dagbag_import_error_tracebacks="True"),
    "examples": lambda s: with_settings(s, core__load_examples="true"),
    "paused at creation": lambda s: with_settings(s, core__dags_are_paused_at_creation="True"),
    "links to nowhere": lambda s: with_settings(s, api__base_url="http://localhost:8080"),
    "no base_url": lambda s: with_settings(s, api__base_url=""),
    "no name": lambda s: with_settings(s, api__instance_name=""),
    "one task at a time": lambda s: with_settings(s, core__parallelism="1"),
    "a reading that is too short": lambda s: with_settings(s, dag_processor__dag_file_processor_timeout="20"),
    "a threshold that is too short": lambda s: with_settings(s, dag_processor__dag_file_processor_timeout="600"),
    "files that are seldom read": lambda s: with_settings(s, dag_processor__min_file_process_interval="7200"),
}


def test_nothing_is_said_of_a_set_up_that_is_well(tmp_path: Path) -> None:
    assert said(made_setup(tmp_path)) == "Nothing is wrong with it.\n"


def test_a_pool_that_is_there(tmp_path: Path) -> None:
    assert said(in_pool(made_setup(tmp_path), "heavy")) == "Nothing is wrong with it.\n"


def test_what_is_said_of_each(tmp_path: Path) -> None:
    setup = made_setup(tmp_path)
    chapters = {name: said(change(setup)) for name, change in BROKEN.items()}
    assert not [name for name, text in chapters.items() if text.startswith("Nothing")]
    assert_golden("commands/doctor.txt", "\n".join(f"# {name}\n\n{text}" for name, text in chapters.items()))


def test_every_setting_that_is_said_mends(tmp_path: Path) -> None:
    setup = made_setup(tmp_path)
    for change in BROKEN.values():
        if "fix: AIRFLOW__" in said(change(setup)):
            assert_mended(change(setup))


def assert_mended(setup: Setup) -> None:
    """What doctor says is done as often as it says something."""
    for _ in range(3):
        for section, key, value in re.findall(r"fix: AIRFLOW__([A-Z_]+?)__([A-Z_]+)=(\S+)", said(setup)):
            setup = with_settings(setup, **{f"{section}__{key}".lower(): value})
    assert said(setup) == "Nothing is wrong with it.\n"


def test_many_files_need_more_time(tmp_path: Path) -> None:
    setup = made_setup(tmp_path, tables=tuple(f"table_{number}" for number in range(600)))
    database = replace(DATABASE, known=(WATCHER, *(f"table_{number}" for number in range(600))))
    setup = replace(setup, airflow=replace(REPORT, database=database))
    assert said(setup) == (
        "Airflow's settings\n"
        "  Airflow gives the reading of 600 files 50 seconds, and hides all tables when that is too little.\n"
        "    fix: AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT=70\n"
        "  One reading that is killed hides tables: Airflow forgets them before the next one ends.\n"
        "    fix: AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD=210\n\n"
        "2 findings.\n"
    )
    assert_mended(setup)


def test_a_versions_schema_that_the_first_build_makes(tmp_path: Path) -> None:
    setup = with_diagnosis(made_setup(tmp_path), schemas={"analytics": True}, may_create_schemas=True)
    assert said(setup) == "Nothing is wrong with it.\n"


def test_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("tabel: x\n")
    assert said(made_setup(tmp_path)).splitlines()[:3] == [
        "Files",
        f"  {tmp_path.name}/broken.yaml cannot be read.",
        "    fix: summary-tables lint says what to write",
    ]


def test_the_files_of_dags_are_those_that_init_writes(tmp_path: Path) -> None:
    setup = made_setup(tmp_path)
    assert setup.files == frozenset(Path(name).name for name in DAG_FILES)
    for name in setup.files:
        assert f"There is no {name} below" in said(replace(setup, files=setup.files - {name}))


def test_each_module_is_a_check_of_its_name() -> None:
    modules = {path.stem for path in Path(str(checks.__file__)).parent.glob("*.py")} - {"__init__"}
    assert [check.name for check in CHECKS] == list(dict.fromkeys(check.name for check in CHECKS))
    assert {check.name.replace("-", "_") for check in CHECKS} == modules
