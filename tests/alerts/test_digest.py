"""Warnings of a day and what quiet hours held back, each as one message, compared whole."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.alerts.digest import bundles
from summary_tables.model.failure import Failure
from summary_tables.model.incident import Message, MessageKind, Place
from summary_tables.model.notice import Link, Notice
from summary_tables.runs.run_warnings import RunWarnings
from tests.golden_files import assert_golden

AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
DIGEST = datetime(2026, 11, 28, 9, tzinfo=UTC)
PLACE = Place(conn_id="slack_growth", mention="<!here>")


def warned(table: str, *checks: tuple[str, str], hours: int = 0, owner: str = "growth") -> Message:
    warnings = tuple(
        Failure(
            step="output_check", table=f"analytics.{table}", check=check, expected="at least 12", actual=actual,
            is_warning=True,
        )
        for check, actual in checks
    )  # fmt: skip
    report = RunWarnings(
        table=f"analytics.{table}",
        dag_id=table,
        run_id=f"run {hours}",
        warnings=warnings,
        owner=owner,
        run_at=AT + timedelta(hours=hours),
        log_url=f"https://airflow.acme.com/{table}/{hours}",
    )
    return message("warning", table, report.notice(), owner=owner, hours=hours, not_before=DIGEST)


def message(kind: MessageKind, table: str, notice: Notice, **values: Any) -> Message:
    hours = values.pop("hours", 0)
    told = Message(
        message_id=f"{table}{hours}",
        kind=kind,
        schema="analytics",
        table=table,
        place=PLACE,
        notice=notice,
        recorded_at=AT + timedelta(hours=hours),
        owner="growth",
    )
    return replace(told, **values)


def shown(notice: Notice) -> str:
    return json.dumps(asdict(notice), indent=2, ensure_ascii=False) + "\n"


def test_the_warnings_of_an_owner_are_one_message() -> None:
    few, empty = ("at least 12 rows", "7"), ("no empty value in nps", "3")
    messages = [
        warned("nps_summary", few),
        warned("mau_summary", few, empty, hours=1),
        warned("nps_summary", ("at least 12 rows", "8"), hours=2),
        warned("other", few, owner="data"),
    ]
    found = bundles(messages)
    assert [[part.message_id for part in each.parts] for each in found] == [
        ["nps_summary0", "mau_summary1", "nps_summary2"],
        ["other0"],
    ]
    assert found[1].message == messages[3]
    digest = found[0].message
    assert (digest.kind, digest.message_id, digest.place) == ("digest", "nps_summary0", replace(PLACE, mention=""))
    assert_golden("alerts/warnings.json", shown(digest.notice))


def test_warnings_of_one_table_are_called_by_its_name() -> None:
    few = ("at least 12 rows", "7")
    (found,) = bundles([warned("nps_summary", few, hours=hours) for hours in range(3)])
    assert found.message.notice.live == "The table was published all the same."
    assert (found.message.notice.headline, found.message.notice.words) == (
        "1 warning of analytics.nps_summary",
        "1 warning of analytics.nps_summary. at least 12 rows: Expected at least 12, got 7. (3 runs)",
    )


QUIET_END = AT + timedelta(hours=5)


def held(kind: MessageKind, table: str, hours: int, headline: str, **values: Any) -> Message:
    notice = Notice(
        sign="❌",
        headline=headline,
        words=f"{headline}. Because.",
        explanation="Because.",
        links=(
            Link(url="", label="nowhere"),
            Link(url=f"https://airflow.acme.com/{table}/{hours}", label="Open the log"),
        ),
        is_urgent=kind != "recovery",
    )
    return message(kind, table, notice, hours=hours, not_before=QUIET_END, **values)


def test_what_quiet_hours_held_back_is_one_message() -> None:
    messages = [
        held("first", "a", 0, "Building failed: analytics.a"),
        held("recovery", "b", 1, "Works again: analytics.b"),
        held("first", "c", 1, "Building failed: analytics.c", place=replace(PLACE, mention="<@U1>")),
        held("change", "c", 2, "Output check failed: analytics.c"),
    ]
    (found,) = bundles(messages)
    assert found.parts == tuple(messages)
    assert (found.message.kind, found.message.place.mention) == ("digest", "<!here> <@U1>")
    assert_golden("alerts/quiet_hours.json", shown(found.message.notice))
    (well,) = bundles([messages[1], held("recovery", "d", 2, "Works again: analytics.d")])
    assert (well.message.notice.sign, well.message.notice.headline) == ("✅", "In quiet hours: 2 tables well again")
    assert (well.message.notice.is_urgent, well.message.place.mention) == (False, "")


def test_what_stands_alone_says_more_of_itself() -> None:
    one = held("first", "a", 0, "Building failed: analytics.a")
    at_once = replace(one, message_id="now", not_before=one.recorded_at)
    elsewhere = replace(one, message_id="there", place=Place(conn_id="mail"))
    again = replace(one, message_id="again", is_repeated=True)
    later = replace(one, message_id="later", not_before=QUIET_END + timedelta(hours=1))
    messages = (one, at_once, elsewhere, again, later)
    assert [each.message for each in bundles(messages)] == list(messages)


MESSAGES = st.lists(
    st.builds(
        held,
        st.sampled_from(["first", "change", "reminder", "recovery"]),
        st.sampled_from("abc"),
        st.integers(0, 4),
        st.text(max_size=9),
    )
    | st.builds(warned, st.sampled_from("abc"), st.tuples(st.text(min_size=1, max_size=5), st.text(max_size=3))),
    max_size=30,
)


@given(MESSAGES)
def test_every_message_is_told_in_one_bundle(messages: list[Message]) -> None:
    found = bundles(messages)
    assert sorted(map(id, messages)) == sorted(id(part) for each in found for part in each.parts)
    assert all(each.message.place.key == part.place.key for each in found for part in each.parts)


def test_a_hundred_tables_still_make_one_message() -> None:
    (found,) = bundles([warned(f"t{number}", ("at least 12 rows", "7"), owner=" ") for number in range(100)])
    assert found.message.notice.live == "Readers have the new rows all the same."
    assert found.message.notice.facts == ()
    assert [link.label for link in found.message.notice.links] == [f"analytics.t{number}" for number in range(10)]
    assert [bullets.title for bullets in found.message.notice.lists[14:]] == ["analytics.t14", "And 85 tables more"]
    assert found.message.notice.lists[15].lines[-1] == "… and 45 more"
