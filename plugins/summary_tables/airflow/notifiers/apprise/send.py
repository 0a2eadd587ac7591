"""Sends a message through Apprise to whatever a connection leads to, within a time limit and without ever raising.

The addresses in the connection are passwords: they must not reach a log. So what Apprise logs is only looked at, no
text of an exception is repeated, and Airflow is told to mask the addresses.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import apprise
from airflow.providers.apprise.hooks.apprise import AppriseHook
from airflow.sdk import Connection
from airflow.sdk.log import mask_secret
from apprise.plugins.email.base import NotifyEmail

from summary_tables.airflow.notifiers.apprise.layout import letter
from summary_tables.airflow.notifiers.apprise.styles import STYLES, Style
from summary_tables.model.incident import Answer, Message, MessageKind, NotTold, Told

DEADLINE_SECONDS: Final = 20.0
"""How long all of it may take."""

_LATE = "no answer within {seconds:.0f} seconds, so it may still arrive"
_NO_ADDRESS = 'the `config` of the connection `{conn_id}` names no address, such as {{"path": "mailto://..."}}'
_UNKNOWN = "no address in the `config` of the connection `{conn_id}` is one that Apprise knows"
_SHORTEST_SECRET: Final = 8
_CODE = re.compile(r"error=(\d{3})\b")

_TYPES: Final[Mapping[MessageKind, apprise.NotifyType]] = {
    "recovery": apprise.NotifyType.SUCCESS,
    "warning": apprise.NotifyType.WARNING,
    "digest": apprise.NotifyType.WARNING,
}

_log = logging.getLogger(__name__)


def send(message: Message, connection: Connection, email: str) -> Answer:
    """What the services say that `connection` leads to; `email` is the owner's. Never raises."""
    found: list[Answer] = []

    def work() -> None:
        try:
            found.append(_sent(message, connection, email))
        except Exception as error:  # its text may hold an address
            found.append(NotTold(problem=f"the connection `{connection.conn_id}` failed ({type(error).__name__})"))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(DEADLINE_SECONDS)
    return found[0] if found else NotTold(problem=_LATE.format(seconds=DEADLINE_SECONDS))


def _sent(message: Message, connection: Connection, email: str) -> Answer:
    config = _config(connection)
    for address in config:
        _mask(address)
    if not config:
        return NotTold(problem=_NO_ADDRESS.format(conn_id=connection.conn_id))
    with _Heard() as heard:
        services = tuple(_services(connection, email))
        if not services:
            return NotTold(problem=_UNKNOWN.format(conn_id=connection.conn_id))
        problems = {name: problem for name, service in services if (problem := _told(service, message, heard))}
    said = "; ".join(f"{name}: {problem}" for name, problem in problems.items())
    if len(problems) == len(services):
        return NotTold(problem=said)
    if problems:
        # To tell it again would tell it twice to those that took it.
        _log.error("Not all services of the connection `%s` took a message: %s", connection.conn_id, said)
    return Told()


def _config(connection: Connection) -> tuple[str, ...]:
    """The addresses. Raises for a `config` that is no JSON."""
    if not connection.extra_dejson.get("config"):
        return ()
    found: Any = AppriseHook(connection.conn_id).get_config_from_conn(conn=connection)
    each = found if isinstance(found, list) else [found]
    return tuple(str(one["path"]) for one in each if isinstance(one, dict) and one.get("path"))


def _mask(address: str) -> None:
    """The address, and what in it lets somebody in: other libraries log paths without hosts."""
    parts = urlsplit(address)
    pieces = (
        parts.netloc,
        parts.password or "",
        *parts.path.split("/"),
        *(value for _, value in parse_qsl(parts.query)),
    )
    for secret in (address, *pieces, *map(unquote, pieces)):
        if len(secret) >= _SHORTEST_SECRET:
            mask_secret(secret)


def _asset() -> apprise.AppriseAsset:
    asset = apprise.AppriseAsset(
        app_id="Summary Tables",
        app_desc="Summary Tables",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        interpret_escapes=False,
        interpret_emojis=False,
    )
    # What a service is to get goes to no other address. Older versions know no such switch.
    asset.http_redirects = False
    return asset


def _services(connection: Connection, email: str) -> Iterator[tuple[str, Any]]:
    box = apprise.Apprise(asset=_asset())
    AppriseHook(connection.conn_id).set_config_from_conn(conn=connection, apprise_obj=box)
    for service in box:
        if isinstance(service, NotifyEmail) and email and _names_nobody(service):
            service.targets = [(False, email)]
        yield str(service.service_name), service


def _names_nobody(service: NotifyEmail) -> bool:
    """An address for e-mail without `to` writes to its own sender."""
    return [address for _, address in service.targets] == [service.from_addr[1]]


def _told(service: Any, message: Message, heard: "_Heard") -> str:
    """Why the service did not take it; empty where it did."""
    style = _style(service)
    said = letter(message.notice, style, service.body_maxlen)
    alone = apprise.Apprise(asset=service.asset)
    alone.add(service)
    heard.lines.clear()
    is_told = alone.notify(
        title=said.title,
        body=said.body,
        body_format=style.name,
        notify_type=_TYPES.get(message.kind, apprise.NotifyType.FAILURE),
    )
    return "" if is_told else _reason(heard.lines)


def _style(service: Any) -> Style:
    """What the service likes best. One that knows Markdown and no HTML reads plain text by Markdown's rules, too."""
    found = service.notify_format
    known = [str(getattr(each, "value", each)) for each in (found if isinstance(found, tuple) else (found,))]
    return STYLES["markdown" if set(known) == {"text", "markdown"} else known[0]]


def _reason(lines: list[str]) -> str:
    """Only what can hold no secret of what Apprise said."""
    said = "\n".join(lines)
    if code := _CODE.search(said):
        return f"HTTP {code[1]}"
    return "it could not be reached" if "onnection error" in said else "it did not take the message"


class _Heard:
    """While it is open, what Apprise logs is kept in `lines`, and goes nowhere else from then on."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._handler = _Listener(self.lines.append)

    def __enter__(self) -> "_Heard":
        logger = logging.getLogger("apprise")
        # It stays so: a thread that is late may log at any time.
        logger.propagate = False
        logger.addHandler(self._handler)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("apprise").removeHandler(self._handler)


class _Listener(logging.Handler):
    def __init__(self, keep: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._keep = keep

    def emit(self, record: logging.LogRecord) -> None:
        self._keep(record.getMessage())
