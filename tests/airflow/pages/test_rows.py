"""First rows: for those who are logged in and may see the table, without what may not be shown, kept by nobody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from summary_tables.airflow.pages import warehouse_answers
from summary_tables.model.table import Limits
from tests.airflow.pages.deployment import OPEN, SECRET, Airflow, as_for_people, forget

ROWS: Final = f"/tables/{OPEN}/rows"


@contextmanager
def written(file: Path, text: str) -> Iterator[None]:
    """A file with other words, for a while."""
    before = file.read_text()
    file.write_text(text)
    forget()
    try:
        yield
    finally:
        file.write_text(before)
        forget()


def words(answer: Any) -> str:
    """What the page says below its head."""
    text = answer.text.partition('<main id="content">')[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def test_without_personal_data(fab: Airflow) -> None:
    answer = fab.page("OneDag", ROWS)
    assert words(answer) == (
        "Without mail: personal data is never shown. "
        "1 row of what readers see now, in no order; of a long value its beginning. one 1"
    )
    assert answer.headers["cache-control"] == "no-store"


def test_the_page_of_the_table_and_the_tab_lead_to_it(fab: Airflow) -> None:
    assert f'href="/summary-tables{ROWS}"' in fab.page("OneDag", f"/tables/{OPEN}").text
    assert f'href="/plugin/summary-tables/summary-tables{ROWS}"' in fab.page("OneDag", "/dags/open_table").text


def test_only_by_asking_for_it(fab: Airflow) -> None:
    for method in ("HEAD", "POST", "PUT"):
        assert fab.asked("Admin", method, ROWS).status_code == 404


def test_no_values_in_this_deployment(fab: Airflow, configs: Path) -> None:
    with written(configs / "defaults.yaml", "retries: 0\nsamples: false\n"):
        says = "This deployment shows no values of tables: defaults.yaml says samples: false ."
        assert words(fab.page("Admin", ROWS)) == says
        assert ROWS not in fab.page("Admin", f"/tables/{OPEN}").text


def test_file_that_cannot_be_used_or_is_gone(fab: Airflow, configs: Path) -> None:
    says = "Without a file that can be used, nobody knows which columns hold personal data. So no row is shown."
    file = configs / "secret_table.yaml"
    with written(file, "table: secret_table\nschema: analytics\nmain_sql: [\n"):
        assert words(fab.page("Admin", f"/tables/{SECRET}/rows")) == says
    with written(file, file.read_text()):
        file.unlink()
        forget()
        assert words(fab.page("Admin", f"/tables/{SECRET}/rows")) == says


def test_nothing_is_published(fab: Airflow, configs: Path) -> None:
    new = configs / "new_table.yaml"
    new.write_text("table: new_table\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    forget()
    try:
        assert words(fab.page("Admin", "/tables/analytics.new_table/rows")) == (
            "No build of this table is published, or something else has its name in the warehouse."
        )
    finally:
        new.unlink()


def test_warehouse_that_is_away(fab: Airflow, no_warehouse: None) -> None:  # noqa: ARG001 - it is gone
    assert words(fab.page("OneDag", ROWS)) == (
        "The warehouse of the connection warehouse could not be asked; the log of the api-server says why."
    )


def test_right_that_is_missing(fab: Airflow, admin: psycopg.Connection[Any]) -> None:
    with owned_by_others(admin):
        assert words(fab.page("OneDag", ROWS)) == (
            "A right is missing in the warehouse: the role of the connection warehouse may not read what is shown here."
        )


def owner_of_view(admin: psycopg.Connection[Any]) -> str:
    (owner,) = admin.execute(
        "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'analytics.open_table'::regclass"
    ).fetchone() or ("",)
    return str(owner)


@contextmanager
def owned_by_others(admin: psycopg.Connection[Any]) -> Iterator[None]:
    owner = owner_of_view(admin)
    admin.execute("ALTER VIEW analytics.open_table OWNER TO CURRENT_USER")
    admin.execute(f"REVOKE ALL ON analytics.open_table FROM PUBLIC, {owner}".encode())
    try:
        yield
    finally:
        admin.execute(f"ALTER VIEW analytics.open_table OWNER TO {owner}".encode())


@pytest.mark.parametrize("of_server", [1, 60], ids=["the warehouse gives up first", "the page gives up first"])
def test_table_that_somebody_locks(
    fab: Airflow, admin: psycopg.Connection[Any], of_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse_answers, "_LIMITS_OF_ROWS", Limits(statement_timeout_minutes=of_server / 60))
    with admin.transaction(), as_for_people():
        admin.execute("LOCK TABLE analytics.open_table IN ACCESS EXCLUSIVE MODE")
        assert "did not answer within 3 seconds" in words(fab.page("OneDag", ROWS))
    assert words(fab.page("OneDag", ROWS)).endswith("one 1")


def test_column_that_is_new_in_the_warehouse(fab: Airflow, admin: psycopg.Connection[Any]) -> None:
    found = admin.execute("SELECT pg_get_viewdef('analytics.open_table'::regclass)").fetchone()
    assert found
    owner = owner_of_view(admin)
    try:
        fresh = re.sub(r"\bFROM\b", ", one AS phone FROM", str(found[0]), count=1)
        admin.execute(f"CREATE OR REPLACE VIEW analytics.open_table AS {fresh}".encode())
        assert words(fab.page("OneDag", ROWS)).startswith(
            "Without mail: personal data is never shown. Without phone: the file declares columns, and not these,"
        )
    finally:
        admin.execute("DROP VIEW analytics.open_table")
        admin.execute(f"CREATE VIEW analytics.open_table AS {found[0]}".encode())
        admin.execute(f"ALTER VIEW analytics.open_table OWNER TO {owner}".encode())


@pytest.mark.parametrize("who", ["nobody", "forged"])
def test_stranger_is_led_to_the_login(who: str, fab: Airflow) -> None:
    answer = fab.page(who, ROWS)
    assert (answer.status_code, "next=%2Fsummary-tables" in answer.headers["location"]) == (303, True)
