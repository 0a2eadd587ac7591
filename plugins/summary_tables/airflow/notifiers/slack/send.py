"""Sends a message to Slack through the Slack provider's webhook hook, within a time limit and without ever raising.

The webhook's address is a password: it must not reach a log. So slack_sdk gets a silent logger (it writes the address
at several levels), no text of an exception is repeated, and Airflow is told to mask it.
"""

import logging
import math
import re
import threading
import time
from functools import cached_property
from http import HTTPStatus
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook
from airflow.sdk import Connection, Variable
from airflow.sdk.exceptions import AirflowNotFoundException
from airflow.sdk.log import mask_secret
from slack_sdk import WebhookClient
from slack_sdk.errors import SlackRequestError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState
from slack_sdk.webhook import WebhookResponse

from summary_tables.airflow.notifiers.slack.message import SlackMessage

VARIABLE = "slack_url"
"""The Variable used when there is no connection: `T000/B000/XXX` or the whole `https://hooks.slack.com/services/...`."""

TIMEOUT_SECONDS = 5
"""How long one step on the network (connect, write, read) may take."""

DEADLINE_SECONDS = 10
"""How long all of it may take, retries included."""

LONGEST_WAIT_SECONDS = 3
"""A longer wait asked for by Slack (HTTP 429) is not granted: the message goes to the log."""

_NOT_SET_UP = (
    "Slack is not set up here: Airflow shows neither a connection `{conn_id}` with a password nor a Variable "
    "`{variable}`. To get this as a Slack message, add a connection `{conn_id}` of type `slackwebhook` whose password "
    "is the part of the webhook's address after `/services/`."
)
_LOOK_UP_FAILED = "Airflow could not look up the connection `{conn_id}` ({error})"
_LATE = "no answer within {seconds} seconds, so it may still arrive"
_SLACK_ERROR = re.compile("[a-z_]{1,60}")
_GONE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)

_AS_IT_IS = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
"""Neither signs in the text nor addresses become something else."""

_log = logging.getLogger(__name__)


def send(message: SlackMessage, conn_id: str) -> None:
    """Sends `message`; when Slack cannot be told, the message goes to the log with the reason. Never raises."""
    try:
        connection = _connection(conn_id) or _from_variable()
    except Exception as error:  # a secrets backend may raise anything
        return _report(_LOOK_UP_FAILED.format(conn_id=conn_id, error=type(error).__name__), message)
    if connection is None:
        return _log.error("%s\n%s", message.words, _NOT_SET_UP.format(conn_id=conn_id, variable=VARIABLE))
    if problem := _post_in_time(connection, message):
        _report(problem, message)
    return None


def _report(problem: str, message: SlackMessage) -> None:
    _log.error("Slack did not take the message: %s. The message was: %s", problem, message.words)


def _connection(conn_id: str) -> Connection | None:
    try:
        connection: Connection = Connection.get(conn_id)
    except AirflowNotFoundException:
        return None
    return connection if (connection.password or "").strip() else None


def _from_variable() -> Connection | None:
    value = str(Variable.get(VARIABLE, default=None) or "").strip()
    if not value:
        return None
    mask_secret(value)
    token = value if "://" in value else value.rpartition("services/")[2]
    return Connection(conn_id=VARIABLE, conn_type=SlackWebhookHook.conn_type, password=token)


def _post_in_time(connection: Connection, message: SlackMessage) -> str:
    """Why Slack did not take it; empty when it did. A thread, because no timeout of a socket bounds the whole."""
    problems: list[str] = []
    try:
        client = _HookWithConnection(connection).client
    except Exception as error:  # its text may hold the address
        return f"the connection `{connection.conn_id}` cannot be used ({type(error).__name__})"
    mask_secret(client.url)
    thread = threading.Thread(target=lambda: problems.append(_post(client, message)), daemon=True)
    thread.start()
    thread.join(DEADLINE_SECONDS)
    return problems[0] if problems else _LATE.format(seconds=DEADLINE_SECONDS)


def _post(client: WebhookClient, message: SlackMessage) -> str:
    """Why Slack did not take it; empty when it did. Blocks that Slack refuses are left out in a second try."""
    try:
        answer = client.send_dict({**_AS_IT_IS, "text": message.text, "blocks": list(message.blocks)})
        if answer.status_code == HTTPStatus.BAD_REQUEST:
            answer = client.send_dict({**_AS_IT_IS, "text": message.text})
    except Exception as error:  # its text may hold the address
        return _network_problem(error)
    return _refusal(answer)


def _refusal(answer: WebhookResponse) -> str:
    if answer.status_code == HTTPStatus.OK:
        return ""
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status_code < HTTPStatus.BAD_REQUEST:
        return f"HTTP {answer.status_code}; the webhook's address leads to another one, and nothing is sent there"
    code = f" ({answer.body})" if _SLACK_ERROR.fullmatch(answer.body) else ""
    advice = "; the webhook does not exist any more or the token is wrong" if answer.status_code in _GONE else ""
    return f"HTTP {answer.status_code}{code}{advice}"


def _network_problem(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return f"no answer within {TIMEOUT_SECONDS} seconds"
    if isinstance(cause, OSError):
        return f"it could not be reached ({cause.strerror or 'the connection broke off'})"
    return f"sending failed ({type(error).__name__})"


class _ShortWaitRetryHandler(RetryHandler):
    """Tries once more after HTTP 429 when Slack asks for a short wait. slack_sdk's own handler waits without limit."""

    def _can_retry(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - slack_sdk's interface
        request: HttpRequest,  # noqa: ARG002 - slack_sdk's interface
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - slack_sdk's interface
    ) -> bool:
        return (
            response is not None
            and response.status_code == HTTPStatus.TOO_MANY_REQUESTS
            and _wait(response) <= LONGEST_WAIT_SECONDS
        )

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - slack_sdk's interface
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - slack_sdk's interface
    ) -> None:
        time.sleep(_wait(response) if response else 0)
        state.next_attempt_requested = True
        state.increment_current_attempt()


def _wait(response: HttpResponse) -> float:
    """The seconds that Slack asks for; 1 when it does not say, infinity when it says something else."""
    headers = {name.lower(): values for name, values in response.headers.items()}
    try:
        seconds = float(headers.get("retry-after", ["1"])[0])
    except ValueError:
        return math.inf
    return seconds if seconds >= 0 else math.inf


class _NoRedirect(HTTPRedirectHandler):
    """What Slack is to get goes to no other address: a redirect is an answer like any other."""

    def redirect_request(self, *_: object) -> None:
        return None


class _Client(WebhookClient):
    """slack_sdk's client follows redirects, and then asks with GET: the message would be lost and count as sent."""

    def _perform_http_request_internal(self, url: str, req: Request) -> WebhookResponse:
        if not url.lower().startswith(("http://", "https://")):
            raise SlackRequestError("no web address")
        proxies = [ProxyHandler({"http": self.proxy, "https": self.proxy})] if isinstance(self.proxy, str) else []
        opener = build_opener(_NoRedirect, HTTPSHandler(context=self.ssl), *proxies)
        with opener.open(req, timeout=self.timeout) as answer:
            body = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return WebhookResponse(url=url, status_code=answer.status, body=body, headers=dict(answer.headers))


class _HookWithConnection(SlackWebhookHook):
    """The provider's hook for a connection that is already looked up: from the Variable, or for a thread's use."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(
            slack_webhook_conn_id=connection.conn_id,
            timeout=TIMEOUT_SECONDS,
            retry_handlers=[_ShortWaitRetryHandler()],
            logger=_silent_logger(),
        )
        self._connection = connection

    @cached_property
    def client(self) -> WebhookClient:
        return _Client(**self._get_conn_params())

    def get_connection(self, conn_id: str) -> Connection:  # type: ignore[override]  # noqa: ARG002 - BaseHook's has cls
        return self._connection


def _silent_logger() -> logging.Logger:
    """Belongs to no hierarchy, so that no logging configuration can make it speak."""
    return logging.Logger("slack_sdk", level=logging.CRITICAL + 1)
