"""Sending by Apprise, with the provider's hook, to a real web service and a real mail server; and what stays secret."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

import pytest
import requests
from airflow.sdk._shared.secrets_masker import redact

from summary_tables.airflow.notifiers.apprise import send as apprise_send
from summary_tables.airflow.notifiers.notifier import tell
from summary_tables.model.alerts import Owner
from summary_tables.model.incident import Answer, Message, MessageKind, NotTold, Place, Told
from summary_tables.model.notice import Fact, Link, Notice, Piece
from summary_tables.model.settings import Settings
from tests.airflow.notifiers.apprise.fake_services import FakeMailServer, FakeService, fake_mail_server, fake_service
from tests.golden_files import assert_golden
from tests.silent_server import silent_server

NOTICE: Final = Notice(
    sign="❌",
    headline="Building failed: analytics.nps_summary",
    words="Building failed: analytics.nps_summary. There is no column a_b.",
    explanation="There is no column a_b, 한국어 <b>.",
    facts=(Fact(name="Owner", pieces=(Piece(text="growth"),)),),
    query="SELECT a_b\nFROM x",
    links=(Link(url="https://airflow.acme.com/1", label="Open the log"),),
    context=("DAG nps_summary",),
    is_urgent=True,
)
SETTINGS: Final = Settings(owners=(Owner(name="growth", email="growth@acme.com"),))
TEXT: Final = """\
There is no column a_b, 한국어 <b>.

Owner: growth

SELECT a_b
FROM x

Open the log: https://airflow.acme.com/1

DAG nps_summary"""
# No other test may have a secret with which this one begins: Airflow would mask that much of it.
SECRET: Final = "apprise-t0ken-of-40-letters"


def message(kind: MessageKind = "first", channel: str = "") -> Message:
    return Message(
        message_id="1",
        kind=kind,
        schema="analytics",
        table="nps_summary",
        place=Place(conn_id="mail", channel=channel, mention="<!here>"),
        notice=NOTICE,
        recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
        owner="growth",
    )


Connect = Callable[..., None]


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Connect:
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    def add(*addresses: str, **extra: Any) -> None:
        config = [{"path": address, "tag": "alerts"} for address in addresses]
        extra = extra or {"config": config[0] if len(config) == 1 else config}
        monkeypatch.setenv("AIRFLOW_CONN_MAIL", json.dumps({"conn_type": "apprise", "extra": extra}))

    return add


@pytest.fixture
def service() -> Iterator[FakeService]:
    with fake_service() as running:
        yield running


@pytest.fixture
def mail_server() -> Iterator[FakeMailServer]:
    with fake_mail_server() as running:
        yield running


@pytest.fixture
def everything_said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that reaches a log at any level, stdout or stderr, tracebacks included; pytest hears what goes to none."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    # What another library says of an address is masked by Airflow.
    handler.addFilter(_masked)
    logging.getLogger().addHandler(handler)
    with caplog.at_level(logging.DEBUG):
        yield lambda: stream.getvalue() + "".join(capfd.readouterr())
    logging.getLogger().removeHandler(handler)


def _masked(record: logging.LogRecord) -> bool:
    record.msg, record.args = redact(record.getMessage()), ()
    return True


def told(sent: Message = message()) -> Answer:  # noqa: B008 - a frozen record
    return tell(sent, SETTINGS)


TYPES: Final[dict[MessageKind, str]] = {
    "first": "failure",
    "reminder": "failure",
    "recovery": "success",
    "digest": "warning",
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_web_service_gets_the_words(kind: MessageKind, connect: Connect, service: FakeService) -> None:
    connect(f"json://127.0.0.1:{service.port}/hook")
    assert told(message(kind)) == Told()
    ((path, posted),) = service.posted
    assert (path, posted["title"], posted["message"], posted["type"]) == (
        "/hook",
        "❌ Building failed: analytics.nps_summary",
        TEXT,
        TYPES[kind],
    )


def test_config_as_the_form_of_airflow_writes_it(connect: Connect, service: FakeService) -> None:
    connect(config=json.dumps({"path": f"json://127.0.0.1:{service.port}/hook"}))
    assert told() == Told()
    assert len(service.posted) == 1


def test_mail(connect: Connect, mail_server: FakeMailServer) -> None:
    connect(f"mailto://127.0.0.1:{mail_server.port}?from=tables@acme.com&mode=insecure")
    assert told() == Told()
    ((recipients, mail),) = mail_server.mails
    assert recipients == ["growth@acme.com"]
    assert (mail["Subject"], mail["To"]) == ("❌ Building failed: analytics.nps_summary", "growth@acme.com")
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()}
    shown = {
        kind: content.decode().replace("\r\n", "\n") for kind, content in parts.items() if isinstance(content, bytes)
    }
    assert_golden(
        "apprise/mail.txt", "\n".join(f"--- {kind}\n{content}" for kind, content in sorted(shown.items())) + "\n"
    )


def test_mail_goes_to_whom_the_connection_or_the_place_names(connect: Connect, mail_server: FakeMailServer) -> None:
    address = f"mailto://127.0.0.1:{mail_server.port}?from=tables@acme.com&mode=insecure"
    connect(f"{address}&to=all@acme.com")
    assert told() == Told()
    connect(address)
    assert told(message(channel="jin@acme.com")) == Told()
    assert tell(message(), Settings()) == told(message(channel="#growth")) == Told()
    assert [recipients for recipients, _ in mail_server.mails] == [
        ["all@acme.com"],
        ["jin@acme.com"],
        ["tables@acme.com"],
        ["tables@acme.com"],
    ]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("discord", f"discord://123456789/{SECRET}"),
        ("teams", f"workflows://example.com:443/{'w' * 20}/{SECRET}"),
        ("telegram", f"tgram://123456789:{'a' * 35}/12315544"),
    ],
)
def test_what_other_services_are_sent(
    name: str, address: str, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[Any] = []

    def request(*_: object, **values: Any) -> requests.Response:
        posted.append(json.loads(values["data"]))
        answer = requests.Response()
        answer.status_code, answer._content = 200, b'{"ok": true, "result": []}'
        return answer

    for verb in ("post", "request"):
        monkeypatch.setattr(requests, verb, request)
    connect(address)
    assert told() == Told()
    assert_golden(
        f"apprise/payload_{name}.json", json.dumps(posted, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    )


REFUSED: Final = [
    (401, "JSON: HTTP 401"),
    (500, "JSON: HTTP 500"),
    (302, "JSON: HTTP 302"),
]


@pytest.mark.parametrize(("status", "problem"), REFUSED)
def test_a_refusal_says_why_and_no_secret(
    status: int,
    problem: str,
    connect: Connect,
    service: FakeService,
    caplog: pytest.LogCaptureFixture,
    everything_said: Callable[[], str],
) -> None:
    service.status, service.headers = status, {"Location": f"http://127.0.0.1:{service.port}/elsewhere"}
    connect(f"json://user:{SECRET}@127.0.0.1:{service.port}/{SECRET}")
    assert told() == NotTold(problem=problem)
    assert len(service.posted) == 1
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        f"`mail` did not take the message: {problem}. The message was: {NOTICE.words}"
    ]
    said = everything_said()
    assert "POST /*** HTTP" in said
    assert "JSON POST" not in said, "Apprise says it to nobody"
    assert SECRET not in said


def test_nobody_there(connect: Connect, everything_said: Callable[[], str]) -> None:
    connect(f"json://user:{SECRET}@127.0.0.1:9/{SECRET}")
    assert told() == NotTold(problem="JSON: it could not be reached")
    assert SECRET not in everything_said()


def test_addresses_that_are_none(connect: Connect, everything_said: Callable[[], str]) -> None:
    unknown = "no address in the `config` of the connection `mail` is one that Apprise knows"
    nothing = 'the `config` of the connection `mail` names no address, such as {"path": "mailto://..."}'
    connect(f"nowhere://{SECRET}")
    assert told() == NotTold(problem=unknown)
    connect(config=[])
    assert told() == NotTold(problem=nothing)
    connect(other="x")
    assert told() == NotTold(problem=nothing)
    connect(config=f"{{{SECRET}")
    assert told() == NotTold(problem="the connection `mail` failed (JSONDecodeError)")
    assert SECRET not in everything_said()


def test_one_of_two_services_is_enough(
    connect: Connect, service: FakeService, caplog: pytest.LogCaptureFixture
) -> None:
    connect(f"json://127.0.0.1:{service.port}/hook", f"json://127.0.0.1:9/{SECRET}")
    assert told() == Told()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        "Not all services of the connection `mail` took a message: JSON: it could not be reached"
    ]


def test_a_service_that_does_not_answer(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise_send, "DEADLINE_SECONDS", 0.01)
    with silent_server(greets=False) as port:
        connect(f"json://127.0.0.1:{port}/hook")
        answer = told()
    assert answer == NotTold(problem="no answer within 0 seconds, so it may still arrive")
