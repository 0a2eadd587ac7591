"""What lint says of `alerts` in `defaults.yaml`, and that what it tells people to do ends it."""

from pathlib import Path

import pytest

from summary_tables.lint.engine import lint

TABLE = """\
table: nps
schema: analytics
owner: growth
tags: [finance]
main_sql: SELECT day, score FROM raw_data.nps
"""


def said(folder: Path, alerts: str, before: str = "owners: [data, growth]") -> list[str]:
    folder = folder / "dag_configs"
    folder.mkdir(exist_ok=True)
    (folder / "nps.yaml").write_text(TABLE)
    (folder / "defaults.yaml").write_text(f"{before}\nalerts:\n{alerts}")
    problems = [problem for problem in lint([folder]).problems if problem.file.endswith("defaults.yaml")]
    return [f"{each.line}:{each.column} {each.level}[{each.rule}] {each.message}; {each.fix}" for each in problems]


ROUTE = "  routes:\n    - {%s}\n"

OF_A_ROUTE = {
    "owner: grwth, to: a": (
        "owner: growth, to: a",
        "4:15 warning[alerts] `grwth` is not among `owners`, so this route is about none; write `owner: growth`",
    ),
    "tag: finanz, to: a": (
        "tag: finance, to: a",
        "4:13 warning[alerts] `finanz` is the tag of no table, so this route is about none; write `tag: finance`",
    ),
    "tag: 재무, to: a": (
        "tag: finance, to: a",
        "4:13 warning[alerts] `재무` is the tag of no table, so this route is about none; "
        "write another tag; there are `finance`",
    ),
    "schema: analytic, to: a": (
        "schema: analytics, to: a",
        "4:16 warning[alerts] `analytic` is the schema of no table, so this route is about none; "
        "write `schema: analytics`",
    ),
    'quiet: {from: "20:00", to: "20:00"}': (
        'quiet: {from: "20:00", to: "08:00"}',
        "4:35 warning[alerts] quiet hours from 20:00 to 20:00 are a whole day; "
        "write another time, or delete `from` and `to` where whole days are meant",
    ),
    'quiet: [{days: [sat]}, {from: "20:00", to: "20:00", days: [mon]}]': (
        "quiet: [{days: [sat]}, {days: [mon]}]",
        "4:51 warning[alerts] quiet hours from 20:00 to 20:00 are a whole day; "
        "write another time, or delete `from` and `to` where whole days are meant",
    ),
    "quiet: [{days: [sat, sun]}, {days: [mon, tue, wed, thu, fri]}]": (
        "quiet: [{days: [sat, sun]}, {days: [mon, tue, wed, thu]}]",
        "4:15 warning[alerts] these quiet hours never end, so they hold nothing back; "
        "leave out a day, or say `from` and `to`",
    ),
}


@pytest.mark.parametrize(("route", "mended", "words"), [(key, *value) for key, value in OF_A_ROUTE.items()])
def test_route_that_is_about_nothing_or_never_told(route: str, mended: str, words: str, tmp_path: Path) -> None:
    assert said(tmp_path, ROUTE % route) == [words]
    assert said(tmp_path, ROUTE % mended) == []


def test_owners_of_tables_are_known_where_none_is_listed(tmp_path: Path) -> None:
    assert said(tmp_path, ROUTE % "owner: grwth, to: a", "retries: 1") == [
        "4:15 warning[alerts] `grwth` is the owner of no table, so this route is about none; write `owner: growth`"
    ]


def test_route_behind_one_that_takes_all_of_its_tables(tmp_path: Path) -> None:
    first, second = "    - {owner: growth, to: a}\n", "    - {owner: growth, tag: finance, to: b}\n"
    assert said(tmp_path, f"  routes:\n{first}{second}") == [
        "5:7 warning[alerts] route 1 is about all tables of this one, and the first that is about a table counts; "
        "move this one before route 1, or delete it"
    ]
    assert said(tmp_path, f"  routes:\n{second}{first}") == []
    assert said(tmp_path, f"  routes:\n{first}") == []


def test_place_that_nothing_is_told_at(tmp_path: Path) -> None:
    slack = "slack: {conn_id: slack_default, mention: <!here>}"
    assert said(tmp_path, "  default: bot\n", slack) == [
        "1:18 warning[alerts] nothing is told at `slack_default`: `default` of `alerts` says where messages go in its "
        "place; delete `conn_id` there, or add `slack_default` to `default`"
    ]
    assert said(tmp_path, "  default: bot\n", "slack: {mention: <!here>}") == []
    assert said(tmp_path, "  default: [bot, slack_default]\n", slack) == []


def test_what_an_unreadable_file_has_may_be_what_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / "other.yaml").write_text("tags: [finanz\n")
    assert said(tmp_path, ROUTE % "tag: finanz, to: a") == []


def test_a_comment_silences_it(tmp_path: Path) -> None:
    route = "  routes:\n    - {tag: finanz, to: a}  # lint: ignore[alerts] the table comes next week\n"
    assert said(tmp_path, route) == []


def test_a_file_that_is_asked_for_alone_is_answered_alone(tmp_path: Path) -> None:
    assert said(tmp_path, ROUTE % "owner: grwth, to: a")
    problems = lint([tmp_path / "dag_configs" / "nps.yaml"]).problems
    assert {problem.file for problem in problems} == {"dag_configs/nps.yaml"}
