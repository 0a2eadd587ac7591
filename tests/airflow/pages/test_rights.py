"""Who is answered what: every route, for everybody."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.airflow.pages.deployment import FAB, OPEN, READER, SECRET, Airflow, environment, fab_airflow, forget
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden

MODEL: Final = "secret.secret_orders"
ROUTES: Final = (
    "/",
    "/?q=table&state=failing",
    f"/tables/{OPEN}",
    f"/tables/{SECRET}",
    "/tables/secret_broken",
    f"/tables/{OPEN}/rows",
    f"/tables/{SECRET}/rows",
    "/tables/secret_broken/rows",
    "/dags/open_table",
    "/dags/secret_table",
    "/projects/secret_shop",
    "/projects/open_table",
    "/files/style.css",
    "/files/catalog.js",
    "/api/v1/tables",
    f"/api/v1/tables/{OPEN}",
    f"/api/v1/tables/{SECRET}",
    *(f"/api/v1/tables/{OPEN}/{part}" for part in ("checks", "builds", "lineage", "freshness")),
    *(f"/api/v1/tables/{SECRET}/{part}" for part in ("checks", "builds", "lineage", "freshness")),
    "/api/v1/models",
    f"/api/v1/models/{MODEL}",
    f"/api/v1/models/{OPEN}",
    "/openapi.json",
    "/docs",
    "/redoc",
    "/nowhere",
)
STRANGERS: Final = ("nobody", "forged")


def table(airflow: Airflow, people: Sequence[str]) -> str:
    """Statuses, a line a route."""
    lines = [("", *people)]
    for route in ROUTES:
        lines.append((route, *(str(airflow.page(who, route).status_code) for who in people)))
    for route in (f"/tables/{OPEN}/roll-back", f"/tables/{SECRET}/roll-back"):
        # No form has this token: whoever may roll back is told so (403 as well, in other words).
        lines.append((f"POST {route}", *(str(airflow.asked(who, "POST", route).status_code) for who in people)))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)


def test_fab(fab: Airflow) -> None:
    people = (*STRANGERS, "Public", "OneDag", "OneDagTrigger", "Viewer", "User", "Op", "Admin", "OneDag token")
    assert_golden("pages/rights_fab.txt", table(fab, people))


def test_simple(simple: Airflow) -> None:
    people = (*STRANGERS, "viewer", "user", "op", "admin", "viewer token")
    assert_golden("pages/rights_simple.txt", table(simple, people))


NAMES_OF_OTHERS: Final = re.compile("secret", re.IGNORECASE)


@pytest.mark.parametrize("route", ROUTES)
def test_no_trace_of_other_tables(route: str, fab: Airflow) -> None:
    """But in what the file of a table that one may see says itself: its query."""
    answer = fab.page("OneDag", route)
    text = re.sub(r'(?s)<h2 id="sql">.*?</section>', "", answer.text)
    text = re.sub(r'"query":"[^"]*"', "", text)
    assert NAMES_OF_OTHERS.findall(text) == []


def test_counts_are_of_what_one_sees(fab: Airflow) -> None:
    found = fab.page("OneDag", "/api/v1/tables").json()
    assert [each["full_name"] for each in found["tables"]] == [OPEN]
    assert found["page_info"]["total_count"] == 1
    assert found["facets"]["owner"] == [{"value": "growth", "count": 1}]
    assert (found["tables"][0]["upstream_count"], found["tables"][0]["downstream_count"]) == (0, 0)
    every = fab.page("Viewer", "/api/v1/tables").json()
    assert {each["full_name"] for each in every["tables"]} >= {OPEN, SECRET, READER, "secret_broken"}


def test_a_model_is_found_by_whom_the_dag_of_its_project_is(fab: Airflow) -> None:
    assert fab.page("OneDag", "/api/v1/models?q=orders").json()["models"] == []
    (found,) = fab.page("Viewer", "/api/v1/models?q=orders").json()["models"]
    assert (found["full_name"], found["project"], found["kind"]) == (MODEL, "secret_shop", "table")
    model = fab.page("Viewer", f"/api/v1/models/{MODEL}").json()
    assert [(each["full_name"], each["distance"]) for each in model["upstream"]["tables"]] == [(OPEN, 1), (SECRET, 2)]
    assert f'<section id="{MODEL}">' in fab.page("Viewer", "/projects/secret_shop").text
    assert f'href="/summary-tables/projects/secret_shop#{MODEL}"' in fab.page("Viewer", "/?q=orders").text
    assert f'href="/summary-tables/projects/secret_shop#{MODEL}"' in fab.page("Viewer", f"/tables/{OPEN}").text


CRAFTED: Final = (
    f"/tables/{SECRET}",
    "/tables/analytics.none",
    "/tables/..%2f..%2fetc%2fpasswd",
    "/tables/%00",
    "/tables/%ff",
    "/tables/%ED%95%9C",
    f"/tables/{'a' * 5000}",
    "/tables/'; DROP TABLE dag; --",
    "/tables/%3Cscript%3E",
    "/dags/secret_table",
    "/dags/~",
    "/nowhere",
)


def test_what_is_not_there_is_told_as_what_one_may_not_see(fab: Airflow) -> None:
    answers = {route: fab.page("OneDag", route) for route in CRAFTED}
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({answer.content for answer in answers.values()}) == 1
    headers = {tuple(sorted(answer.headers.items())) for answer in answers.values()}
    assert len(headers) == 1


def test_api_does_so_too(fab: Airflow) -> None:
    routes = [f"/api/v1{route}" for route in CRAFTED if route.startswith("/tables")]
    answers = [fab.page("OneDag", route) for route in routes]
    assert {(answer.status_code, answer.text) for answer in answers} == {
        (404, '{"detail":"There is no such page, or you may not see it."}')
    }


def test_way_to_the_login_and_back(fab: Airflow) -> None:
    answer = fab.page("nobody", f"/tables/{OPEN}?notice=a b")
    assert answer.headers["location"] == (
        "/api/v2/auth/login?next=%2Fsummary-tables%2Ftables%2Fanalytics.open_table%3Fnotice%3Da%2520b"
    )


@pytest.mark.parametrize("who", ["nobody", "OneDag", "Admin"])
@pytest.mark.parametrize("route", ["/", f"/tables/{OPEN}", "/nowhere", "/api/v1/tables", "/files/style.css"])
def test_headers(who: str, route: str, fab: Airflow) -> None:
    headers = fab.page(who, route).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "SAMEORIGIN"


def test_description_of_100_kb(fab: Airflow, configs: Path) -> None:
    file = configs / "secret_reader.yaml"
    before = file.read_text()
    file.write_text(before + f"description: '{'<b>Wort</b> 🙂 ' * 7_000}'\n")
    try:
        forget()
        assert len(fab.page("Admin", "/").text) < 100_000
        page = fab.page("Admin", f"/tables/{READER}")
        assert page.status_code == 200
        assert "<b>Wort" not in page.text
    finally:
        file.write_text(before)


def test_text_of_a_file_is_text(fab: Airflow) -> None:
    for route in ("/", f"/tables/{OPEN}", "/?q=<script>alert(1)</script>"):
        assert "<script>alert" not in fab.page("Admin", route).text


def entries(airflow: Airflow, who: str) -> list[tuple[str, str]]:
    """The ways to the pages that Airflow's own pages have for somebody."""
    answer = airflow.asked(who, "GET", "/api/v2/plugins", below="")
    plugins = answer.json().get("plugins", ()) if answer.status_code == 200 else ()
    return [(view["name"], view["destination"]) for each in plugins for view in each["external_views"]]


def test_entry_in_the_navigation_for_each_role(fab: Airflow, simple: Airflow) -> None:
    """Flask-AppBuilder's Viewer and User have one only where they may read plugins, as docker-compose.yaml has it."""
    ways = [("Summary tables", "nav"), ("Table", "dag")]
    assert {who: entries(simple, who) for who in ("viewer", "user", "op", "admin")} == dict.fromkeys(
        ("viewer", "user", "op", "admin"), ways
    )
    assert [entries(fab, who) for who in ("Viewer", "User", "Op", "Admin")] == [[], [], ways, ways]
    command = re.search(r"airflow (roles add-perms .*)", (REPOSITORY / "docker-compose.yaml").read_text())
    assert command
    with environment(AIRFLOW__CORE__AUTH_MANAGER=FAB):
        program = str(Path(sys.executable).with_name("airflow"))
        subprocess.run([program, *command[1].split()], check=True, capture_output=True)
    fab.manager.cache.clear()
    assert [entries(fab, who) for who in ("Viewer", "User", "Op", "Admin")] == [ways] * 4


PUBLIC_ROLE: Final = "Op"


@pytest.fixture(scope="module")
def public(configs: Path) -> Iterator[Airflow]:
    """Airflow gives a role to people who are not logged in: its own pages are open to them, so are these.

    But no values of tables, and nothing that the audit log could not put down to anybody.
    """
    with fab_airflow(configs, public_role=PUBLIC_ROLE) as airflow:
        yield airflow


def test_public_role_sees_what_it_may_see(public: Airflow) -> None:
    for route in ("/api/v1/tables", f"/tables/{SECRET}", f"/api/v1/tables/{OPEN}", "/nowhere", "/files/style.css"):
        assert public.page("nobody", route).status_code == public.page(PUBLIC_ROLE, route).status_code
    tables = [public.page(who, "/api/v1/tables").json()["tables"] for who in ("nobody", PUBLIC_ROLE)]
    assert tables[0] == tables[1] != []


def test_public_role_has_no_rows(public: Airflow) -> None:
    rows = f"/tables/{OPEN}/rows"
    answer = public.page("nobody", rows)
    assert (answer.status_code, "next=%2Fsummary-tables" in answer.headers["location"]) == (303, True)
    assert rows not in public.page("nobody", f"/tables/{OPEN}").text
    assert public.page(PUBLIC_ROLE, rows).status_code == 200


def test_public_role_rolls_nothing_back(public: Airflow) -> None:
    assert "<form" not in public.page("nobody", f"/tables/{OPEN}").text
    assert "<form" in public.page(PUBLIC_ROLE, f"/tables/{OPEN}").text
    assert public.asked("nobody", "POST", f"/tables/{OPEN}/roll-back").status_code == 403


def test_wrong_token_has_no_public_role(public: Airflow) -> None:
    assert public.page("forged", "/api/v1/tables").status_code == 403
