"""The roll-back of a table, from the form on its page."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse

from summary_tables.airflow.pages import rights
from summary_tables.airflow.pages.addresses import table_page
from summary_tables.airflow.pages.login import Asker, is_logged_in
from summary_tables.airflow.pages.roll_back_run import start_roll_back
from summary_tables.airflow.pages.roll_back_token import new_token, run_id_of
from summary_tables.airflow.pages.seen_catalog import seen_by
from summary_tables.catalog.entry import Entry
from summary_tables.catalog.pages.table_details import RollBackForm

roll_backs: Final = APIRouter(include_in_schema=False)

NOTICES: Final = {
    "roll-back-started": "Airflow starts a run that shows readers the earlier build; this page says when it is done.",
    "roll-back-waits": "The run that shows readers the earlier build is queued. The DAG is paused: it starts when "
    "somebody unpauses that.",
}
"""What a page says of what was just done, by what its address says."""


def may_roll_back(entry: Entry, asker: Asker) -> bool:
    """Whether there is a DAG that can do it, and `asker` may start it: somebody whom the audit log can name."""
    has_dag = entry.dag is not None and not entry.dag.is_stale
    return has_dag and is_logged_in(asker) and rights.may_trigger(asker, entry.table)


def roll_back_form(entry: Entry, asker: Asker) -> RollBackForm | None:
    """The form for somebody who may do it."""
    if not may_roll_back(entry, asker):
        return None
    token = new_token(_id(asker), entry.full_name)
    return RollBackForm(action=f"{table_page(entry.full_name)}/roll-back", fields={"token": token})


@roll_backs.post("/tables/{name}/roll-back")
def roll_back(
    name: str,
    request: Request,
    asker: Asker,
    token: Annotated[str, Form()] = "",
    version: Annotated[str, Form()] = "",
    confirmed: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Starts the run that does it, once for each form that was shown."""
    found = seen_by(asker).in_full(name)
    if found is None:
        raise HTTPException(404)
    entry, problem = found
    if not may_roll_back(entry, asker):
        raise HTTPException(403, "You may not start runs of this table's DAG.")
    run_id = run_id_of(token, _id(asker), name, version)
    if _is_from_elsewhere(request) or run_id is None:
        raise HTTPException(403, "This form is not from your page of the table, or is a day old. Open the page again.")
    if confirmed != "yes":
        raise HTTPException(400, "Say that readers are to see that build instead: tick the box above the button.")
    if problem:
        raise HTTPException(503, f"{problem} Nothing was done.")
    if not _can_be_shown(entry, version):
        raise HTTPException(409, "That build cannot be shown to readers any more. Open the page again.")
    try:
        start_roll_back(entry.table, run_id, version, asker)
    except ValueError as error:
        raise HTTPException(409, f"Airflow starts no such run: {error}") from None
    notice = "roll-back-waits" if entry.dag and entry.dag.is_paused else "roll-back-started"
    return RedirectResponse(f"{table_page(name)}?notice={notice}", status_code=303)


def _is_from_elsewhere(request: Request) -> bool:
    """As far as the browser says so."""
    return request.headers.get("sec-fetch-site", "same-origin") != "same-origin"


def _can_be_shown(entry: Entry, version: str) -> bool:
    versions = entry.history.versions if entry.history else ()
    return any(each.build.version == version and each.can_be_shown and each.state != "live" for each in versions)


def _id(asker: Asker) -> str:
    return str(asker.get_id())
