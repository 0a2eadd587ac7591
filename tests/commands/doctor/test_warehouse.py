"""`summary-tables doctor` looks at a warehouse: each set-up that is broken is named, and its remedy mends it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from demo.postgres_programs import SUPERUSER
from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.model.logs import MESSAGE_LOG
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.session.session import open_session
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, PASSWORD, WAREHOUSE, Database, build_and_show

ADDRESS = "WAREHOUSE_OF_THE_TEST"
HEALTHY = "Nothing is wrong with 1 file and 1 warehouse.\n"
FILE = """\
table: daily
schema: analytics
description: Events a day.
owner: growth
schedule: "0 3 * * *"
grants: {select: [reader]}
main_sql: |
  SELECT day, COUNT(*) AS n FROM raw_data.events GROUP BY day
"""


class Doctor:
    """Calls `doctor` about a folder with one table in a warehouse of the test's own."""

    def __init__(
        self, database: Database, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.database = database
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.address = database.server.uri(database.name, BUILDER, PASSWORD)

    def __call__(self, *arguments: str) -> str:
        self._monkeypatch.setenv(ADDRESS, self.address)
        call = ["doctor", "--without-airflow", "--warehouse", f"env:{ADDRESS}", "--folder", str(self.folder)]
        code = cli.main([*call, *arguments])
        printed = self._capsys.readouterr()
        assert printed.err == ""
        assert code == (
            OK if printed.out.startswith("Nothing is wrong") or '"findings": []' in printed.out else PROBLEMS
        )
        return printed.out


@pytest.fixture
def doctor(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Doctor:
    (tmp_path / "daily.yaml").write_text(FILE)
    return Doctor(database, tmp_path, capsys, monkeypatch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A set-up that is broken by a statement: what is said of it. Its remedy is SQL for an administrator."""

    sql: str = ""
    group: str
    what: str
    fix: str
    before: Callable[[Database], object] = field(default=lambda _: None)


BROKEN = {
    "no schema": Broken(
        sql="DROP SCHEMA analytics",
        group="Roles and rights",
        what='There is no schema "analytics" in the warehouse, which is to hold tables.',
        fix='CREATE SCHEMA "analytics"; GRANT USAGE, CREATE ON SCHEMA "analytics" TO "builder";',
    ),
    "no right to create": Broken(
        sql="REVOKE CREATE ON SCHEMA analytics FROM builder",
        group="Roles and rights",
        what='The role builder may not create anything in the schema "analytics", which is to hold tables.',
        fix='GRANT USAGE, CREATE ON SCHEMA "analytics" TO "builder";',
    ),
    "no versions schema": Broken(
        sql="DROP SCHEMA summary_tables",
        group="Roles and rights",
        what='There is no schema "summary_tables" in the warehouse, which is to hold the versions of all tables.',
        fix='CREATE SCHEMA "summary_tables"; GRANT USAGE, CREATE ON SCHEMA "summary_tables" TO "builder";',
    ),
    "closed source": Broken(
        sql="REVOKE SELECT ON raw_data.events FROM builder",
        group="Roles and rights",
        what="The role builder may not read raw_data.events, which analytics.daily needs.",
        fix='GRANT USAGE ON SCHEMA "raw_data" TO "builder"; GRANT SELECT ON "raw_data"."events" TO "builder";',
    ),
    "blind reader": Broken(
        sql="REVOKE USAGE ON SCHEMA analytics FROM reader",
        group="Roles and rights",
        what='`grants` lets the role reader read tables of the schema "analytics", into which it may not look.',
        fix='GRANT USAGE ON SCHEMA "analytics" TO "reader";',
    ),
    "somebody else's log": Broken(
        before=build_and_show,
        sql=f"ALTER TABLE summary_tables.build_log OWNER TO {SUPERUSER};"
        "GRANT ALL ON summary_tables.build_log TO builder",
        group="Warehouse",
        what=f"summary_tables.build_log belongs to the role {SUPERUSER}, so that builder cannot write into it.",
        fix='ALTER TABLE "summary_tables"."build_log" OWNER TO "builder";',
    ),
}


def said(broken: Broken) -> str:
    return f"{broken.group}\n  {broken.what}\n    fix: {broken.fix}\n\n1 finding.\n"


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_warehouse_is_named_and_its_remedy_mends_it(name: str, doctor: Doctor) -> None:
    broken = BROKEN[name]
    broken.before(doctor.database)
    if name == "no schema":
        (doctor.folder / "daily.yaml").write_text(FILE.replace("grants: {select: [reader]}\n", ""))
    assert doctor() == HEALTHY
    doctor.database.admin(broken.sql)
    assert doctor() == said(broken)
    doctor.database.admin(broken.fix)
    assert doctor() == HEALTHY


def test_a_log_of_an_earlier_release_gets_its_columns_by_the_next_run(doctor: Doctor) -> None:
    build_and_show(doctor.database)
    doctor.database.admin("ALTER TABLE summary_tables.build_log DROP COLUMN applied_to, DROP COLUMN size_bytes")
    assert doctor() == (
        "Warehouse\n"
        "  summary_tables.build_log is that of an earlier release: it lacks applied_to and size_bytes.\n"
        "    fix: start the DAG of any table: its run adds them\n\n"
        "1 finding.\n"
    )
    build_and_show(doctor.database, number=2)
    assert doctor() == HEALTHY


def test_a_table_that_is_only_waited_for(doctor: Doctor) -> None:
    after = "{after: [{table: raw_data.loads, column: loaded_at, within_hours: 6}]}"
    (doctor.folder / "daily.yaml").write_text(FILE.replace('"0 3 * * *"', after))
    doctor.database.admin("CREATE TABLE raw_data.loads (loaded_at timestamptz)")
    found = doctor()
    assert "  The role builder may not read raw_data.loads, which analytics.daily needs.\n" in found
    doctor.database.admin(remedy(found))
    assert doctor() == HEALTHY


def test_the_server_knows_the_zone_of_a_table(doctor: Doctor) -> None:
    (doctor.folder / "daily.yaml").write_text(f"{FILE}timezone: Asia/Seoul\n")
    assert doctor() == HEALTHY
    with doctor.database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        (statement,) = session.sql.session.known_zones(("Asia/Seoul", "Asia/Nowhere"))
        assert session.rows(statement) == [("Asia/Seoul",)]


def test_messages_that_wait(doctor: Doctor) -> None:
    with doctor.database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        tables.ensure(session, MESSAGE_LOG)
    assert doctor() == HEALTHY
    doctor.database.admin(
        "INSERT INTO summary_tables.message_log (message_id, conn_id, problem, done_at) VALUES "
        "('1', 'slack_default', 'HTTP 404 (no_service)', NULL), ('2', 'slack_default', '', now()), "
        "('3', 'mail', 'refused', now()), ('4', 'slack_default', 'HTTP 404 (no_service)', NULL), "
        "('5', 'mail', '', NULL)"
    )
    assert doctor() == (
        "Connections\n"
        "  2 messages could not be told by the connection `slack_default`: HTTP 404 (no_service).\n"
        "    fix: mend the connection (Admin, Connections): what waits is told by itself afterwards\n\n"
        "1 finding.\n"
    )
    doctor.database.admin("UPDATE summary_tables.message_log SET problem = '', told_at = now(), done_at = now()")
    assert doctor() == HEALTHY


def test_a_superuser(doctor: Doctor) -> None:
    doctor.database.admin("CREATE ROLE mighty LOGIN SUPERUSER PASSWORD 'only-in-tests'")
    try:
        doctor.database.admin("GRANT USAGE ON SCHEMA raw_data TO mighty; GRANT SELECT ON raw_data.events TO mighty")
        doctor.database.admin("GRANT USAGE, CREATE ON SCHEMA analytics, summary_tables TO mighty")
        doctor.address = doctor.database.server.uri(doctor.database.name, "mighty", PASSWORD)
        found = doctor()
        assert found == (
            "Roles and rights\n"
            "  The given address logs in as mighty, a superuser: the SQL of any file may read everything.\n"
            "    fix: ALTER ROLE mighty NOSUPERUSER; docs/build_role.md says what it needs\n\n"
            "1 finding.\n"
        )
        doctor.database.admin(remedy(found).partition(";")[0])
        assert doctor() == HEALTHY
    finally:
        doctor.database.admin("DROP OWNED BY mighty; DROP ROLE mighty")


def test_what_a_file_names_and_the_warehouse_does_not_have(doctor: Doctor) -> None:
    text = FILE.replace("[reader]", "[readers]").replace("raw_data.events", "raw_data.event")
    (doctor.folder / "daily.yaml").write_text(text)
    assert doctor() == (
        "Roles and rights\n"
        "  There is no table raw_data.event in the warehouse, which analytics.daily needs.\n"
        "    fix: correct the name in the file, or have the table loaded\n"
        '  `grants` names the role "readers", which the warehouse does not have. There is "reader".\n'
        '    fix: CREATE ROLE "readers"; or correct the name in the file\n\n'
        "2 findings.\n"
    )
    (doctor.folder / "daily.yaml").write_text(FILE)
    assert doctor() == HEALTHY


def test_tables_whose_file_is_gone(doctor: Doctor) -> None:
    build_and_show(doctor.database)
    (doctor.folder / "daily.yaml").rename(doctor.folder / "hourly.yaml")
    (doctor.folder / "hourly.yaml").write_text(FILE.replace("daily", "hourly"))
    assert doctor() == HEALTHY, "it may be that another folder builds it"
    doctor.database.admin(
        "UPDATE summary_tables.build_log SET published_at = published_at - INTERVAL '8 days', "
        "started_at = started_at - INTERVAL '8 days', built_at = built_at - INTERVAL '8 days'"
    )
    found = doctor()
    assert found == (
        "Warehouse\n"
        "  The warehouse still holds analytics.daily, of which the file is gone.\n"
        "    fix: summary-tables orphans --warehouse ADDRESS --drop\n\n"
        "1 finding.\n"
    )
    call = [*remedy(found).split()[1:], "--yes", "--folder", str(doctor.folder)]
    assert cli.main([f"env:{ADDRESS}" if part == "ADDRESS" else part for part in call]) == OK
    doctor._capsys.readouterr()
    assert doctor() == HEALTHY


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda address: address.replace("/warehouse_", "/nowhere_"), "the warehouse has no database of that name"),
        (lambda address: address.replace(f"{BUILDER}:", "nobody:"), "the warehouse refused the user or the password"),
        (lambda address: re.sub(r"host=[^&]+", "host=/nowhere", address), "nothing listens there"),
        (lambda _: "postgresql://builder@wh.invalid/warehouse", "its host is unknown"),
    ],
)
def test_a_warehouse_that_is_not_reached(change: Callable[[str], str], words: str, doctor: Doctor) -> None:
    good = doctor.address
    doctor.address = change(good)
    found = doctor()
    what = f"Connections\n  The given address does not lead to the warehouse: {words}.\n    fix: "
    assert found.startswith(what)
    assert PASSWORD not in found
    doctor.address = good
    assert doctor() == HEALTHY


def test_json(doctor: Doctor) -> None:
    assert doctor("--json") == '{\n  "findings": []\n}\n'
    doctor.database.admin("REVOKE CREATE ON SCHEMA analytics FROM builder")
    assert_golden("commands/doctor.json.txt", doctor("--json"))


def test_looking_changes_nothing(doctor: Doctor) -> None:
    build_and_show(doctor.database)
    before = doctor.database.admin("SELECT xmin, * FROM pg_class ORDER BY oid")
    doctor()
    assert doctor.database.admin("SELECT xmin, * FROM pg_class ORDER BY oid") == before


def test_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--without-airflow"]) == USAGE
    assert cli.main(["doctor", "--warehouse", "env:NOTHING", "--folder", str(tmp_path / "nowhere")]) == USAGE
    assert capsys.readouterr().err == (
        "summary-tables: without Airflow name the warehouse: --warehouse ADDRESS\n"
        f"summary-tables: {tmp_path}/nowhere is not a folder; name that of the configs with --folder\n"
    )


def remedy(text: str) -> str:
    found = re.search("fix: (.+)", text)
    assert found
    return found[1]
