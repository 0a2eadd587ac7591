"""The type of a connection says who tells by it; where nobody does, those are told who hear of all else."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from airflow.sdk import Connection

from summary_tables.airflow import notifiers
from summary_tables.airflow.notifiers.apprise import notifier as apprise_notifier
from summary_tables.airflow.notifiers.by_type import NoNotifier, known_types, notifier_of
from summary_tables.airflow.notifiers.notifier import tell
from summary_tables.airflow.notifiers.slack import notifier as slack_notifier
from summary_tables.model.alerts import AlertSettings, Destination, Owner
from summary_tables.model.incident import Answer, Message, NotTold, Place, Told
from summary_tables.model.notice import Notice
from summary_tables.model.settings import Settings, Slack

NOTICE = Notice(sign="❌", headline="Late: s.t", words="Late: s.t.", context=("DAG t",), is_urgent=True)
Connect = Callable[[str, str], None]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Connections of Airflow by their name and type."""

    def add(name: str, conn_type: str) -> None:
        monkeypatch.setenv(f"AIRFLOW_CONN_{name.upper()}", json.dumps({"conn_type": conn_type, "password": "x"}))

    return add


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Place, tuple[str, ...]]]:
    """What the two notifiers are told: by whom, where, and what is said in small."""
    found: list[tuple[str, Place, tuple[str, ...]]] = []

    def keep(name: str) -> Callable[[Message], Answer]:
        def tell_it(message: Message) -> Answer:
            found.append((name, message.place, message.notice.context))
            return Told(thread=name)

        return tell_it

    monkeypatch.setattr(slack_notifier, "tell", keep("slack"))
    monkeypatch.setattr(apprise_notifier, "tell", keep("apprise"))
    return found


def message(place: Place) -> Message:
    return Message(
        message_id="1",
        kind="first",
        schema="s",
        table="t",
        place=place,
        notice=NOTICE,
        recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
        owner="growth",
    )


GROWTH = Owner(name="growth", email="growth@acme.com")
SETTINGS = Settings(owners=(GROWTH,), alerts=AlertSettings(default=(Destination(conn_id="bot", channel="#data"),)))


def test_each_type_has_its_notifier(connect: Connect) -> None:
    assert known_types() == {"apprise": "apprise", "slackwebhook": "slack", "slack": "slack"}
    for name, conn_type in (("a", "slackwebhook"), ("b", "slack"), ("c", "apprise")):
        connect(name, conn_type)
    assert [notifier_of(Place(conn_id=name)) for name in "abc"] == ["slack", "slack", "apprise"]
    assert notifier_of(Place(conn_id="a", notifier="apprise")) == "apprise"


def test_a_notifier_that_the_product_does_not_have_is_one_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(notifiers, "__path__", [*notifiers.__path__, str(Path(__file__).parent)])
    file = tmp_path / "told"
    monkeypatch.setenv("AIRFLOW_CONN_TOLD", json.dumps({"conn_type": "made_up", "host": str(file)}))
    assert tell(message(Place(conn_id="told", mention="everybody")), SETTINGS) == Told()
    assert file.read_text("utf-8") == "everybody Late: s.t\nLate: s.t.\n"


def test_mail_goes_to_the_owner_unless_the_place_says_where(
    connect: Connect, told: list[tuple[str, Place, tuple[str, ...]]]
) -> None:
    connect("mail", "apprise")
    connect("bot", "slack")
    for place in (Place(conn_id="mail"), Place(conn_id="mail", channel="a@b.com"), Place(conn_id="bot")):
        assert isinstance(tell(message(place), SETTINGS), Told)
    assert [(name, place.channel) for name, place, _ in told] == [
        ("apprise", "growth@acme.com"),
        ("apprise", "a@b.com"),
        ("slack", ""),
    ]


MISSING = "Airflow has no connection `gone`"
FOREIGN = (
    "the connection `gone` is of the type `smtp`, which tells nobody: it has to be `apprise`, `slackwebhook` or `slack`"
)


@pytest.mark.parametrize(("conn_type", "problem"), [("", MISSING), ("smtp", FOREIGN)])
def test_those_who_hear_of_all_else_hear_of_it(
    conn_type: str,
    problem: str,
    connect: Connect,
    told: list[tuple[str, Place, tuple[str, ...]]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    connect("bot", "slack")
    if conn_type:
        connect("gone", conn_type)
    assert notifier_of(Place(conn_id="gone")) == NoNotifier(problem=problem)
    assert tell(message(Place(conn_id="gone", mention="<@U1>")), SETTINGS) == Told(thread="slack")
    said = f"Meant for `gone`: {problem}"
    assert told == [("slack", Place(conn_id="bot", channel="#data", mention="<@U1>"), ("DAG t", said))]
    assert caplog.messages == [f"A message is told to others than it was meant for: {problem}."]


def test_slack_has_the_last_word_where_no_connection_is_there(told: list[tuple[str, Place, tuple[str, ...]]]) -> None:
    """It knows the Variable `slack_url`, and says what is to be set up."""
    tell(message(Place(conn_id="gone")), SETTINGS)
    tell(message(Place(conn_id="bot", channel="#data")), SETTINGS)
    tell(message(Place(conn_id="gone")), Settings(notifiers=(Slack(conn_id="old", mention="<!here>"),)))
    assert [(name, place) for name, place, _ in told] == [
        ("slack", Place(conn_id="bot", channel="#data", notifier="slack")),
        ("slack", Place(conn_id="bot", channel="#data", notifier="slack")),
        ("slack", Place(conn_id="old", notifier="slack")),
    ]


def test_a_look_up_that_fails_is_tried_again_and_repeats_no_secret(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def get(_conn_id: str) -> Connection:
        raise RuntimeError("s3cret")

    monkeypatch.setattr(Connection, "get", get)
    problem = "Airflow could not look up the connection `broken` (RuntimeError)"
    assert tell(message(Place(conn_id="broken")), SETTINGS) == NotTold(problem=problem)
    assert caplog.messages == [f"{problem}: Late: s.t."]
