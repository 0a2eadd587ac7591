"""A roll-back from a table's page: a run of its DAG, for those who may start one, from their own form, once."""

import json
import re
from typing import Any, Final

from airflow.models.dagrun import DagRun
from airflow.models.log import Log
from airflow.utils.session import create_session
from sqlalchemy import delete, select

from tests.airflow.pages.deployment import OPEN, Airflow

PATH: Final = f"/tables/{OPEN}/roll-back"


def form_of(airflow: Airflow, who: str) -> dict[str, str]:
    """What the first form on the page sends once its box is ticked."""
    page = airflow.page(who, f"/tables/{OPEN}").text
    found = re.search(r'(?s)<form method="post" action="([^"]*)">(.*?)</form>', page)
    assert found, "no form"
    assert found[1] == f"/summary-tables{PATH}"
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', found[2]))
    return {**fields, "confirmed": "yes"}


def started() -> list[tuple[Any, ...]]:
    """The runs that pages have started, and what the audit log says of them; and forget them."""
    with create_session() as session:
        runs = session.scalars(select(DagRun).where(DagRun.run_id.like("manual__%"), DagRun.state == "queued")).all()
        found = [(run.dag_id, run.conf, run.triggering_user_name, run.triggered_by) for run in runs]
        session.execute(delete(DagRun).where(DagRun.id.in_([run.id for run in runs])))
    return found


def words(answer: Any) -> str:
    return re.search(r"(?s)<p>(.*?)</p>", answer.text)[1]  # type: ignore[index]


def test_once_for_a_form_that_is_sent_twice(fab: Airflow) -> None:
    form = form_of(fab, "OneDagTrigger")
    answers = [fab.asked("OneDagTrigger", "POST", PATH, data=form) for _ in range(2)]
    location = f"/summary-tables/tables/{OPEN}?notice=roll-back-started"
    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [(303, location)] * 2
    assert [run[:3] for run in started()] == [("open_table", {"roll_back_to": form["version"]}, "onedagtrigger")]
    page = fab.page("OneDagTrigger", f"/tables/{OPEN}?notice=roll-back-started").text
    assert "Airflow starts a run that shows readers the earlier build" in page


def test_audit_log(fab: Airflow) -> None:
    form = form_of(fab, "Admin")
    fab.asked("Admin", "POST", PATH, data=form)
    started()
    with create_session() as session:
        found = session.scalars(
            select(Log).where(Log.event == "roll_back_summary_table").order_by(Log.id.desc())
        ).first()
        assert found is not None
        assert (found.owner, found.dag_id, json.loads(found.extra or "")) == (
            "admin",
            "open_table",
            {"version": form["version"]},
        )


def test_no_form_for_those_who_may_not(fab: Airflow, simple: Airflow) -> None:
    for airflow, who in ((fab, "OneDag"), (fab, "Viewer"), (simple, "viewer")):
        assert '<form method="post"' not in airflow.page(who, f"/tables/{OPEN}").text


def test_form_of_somebody_else(fab: Airflow) -> None:
    answer = fab.asked("User", "POST", PATH, data=form_of(fab, "Admin"))
    assert answer.status_code == 403
    assert words(answer) == "This form is not from your page of the table, or is a day old. Open the page again."
    assert started() == []


def test_from_another_site(fab: Airflow) -> None:
    form = form_of(fab, "Admin")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert fab.asked("Admin", "POST", PATH, data=form, headers=headers).status_code == 403
    assert fab.asked("Admin", "POST", PATH, data={**form, "token": ""}).status_code == 403
    assert fab.asked("Admin", "GET", f"{PATH}?version={form['version']}&confirmed=yes").status_code == 404
    assert started() == []


def test_not_confirmed(fab: Airflow) -> None:
    answer = fab.asked("Admin", "POST", PATH, data={**form_of(fab, "Admin"), "confirmed": ""})
    assert answer.status_code == 400
    assert words(answer) == "Say that readers are to see that build instead: tick the box above the button."
    assert started() == []


def test_version_that_cannot_be_shown(fab: Airflow) -> None:
    for version in ("none", "", "x" * 10_000, "'; DROP TABLE dag; --", "\x00"):
        answer = fab.asked("Admin", "POST", PATH, data={**form_of(fab, "Admin"), "version": version})
        assert answer.status_code == 409
        assert words(answer) == "That build cannot be shown to readers any more. Open the page again."
    assert started() == []


def test_without_a_warehouse(fab: Airflow, no_warehouse: None) -> None:  # noqa: ARG001 - it is gone
    from airflow.api_fastapi.app import get_auth_manager

    from summary_tables.airflow.pages.roll_back_token import new_token

    fab.page("Admin", "/")
    user = get_auth_manager().deserialize_user({"sub": _subject(fab.tokens["Admin"])})
    form = {"token": new_token(str(user.get_id()), OPEN), "version": "x", "confirmed": "yes"}
    answer = fab.asked("Admin", "POST", PATH, data=form)
    assert answer.status_code == 503
    assert words(answer).endswith("Nothing was done.")


def _subject(token: str) -> str:
    import jwt

    return str(jwt.decode(token, options={"verify_signature": False})["sub"])
