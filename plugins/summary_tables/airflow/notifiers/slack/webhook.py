"""Slack's incoming webhook: its address is a password, and it writes to one channel, without threads."""

import re
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http import HTTPStatus
from urllib.request import Request

from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook
from airflow.sdk import Connection
from airflow.sdk.log import mask_secret
from slack_sdk import WebhookClient
from slack_sdk.webhook import WebhookResponse

from summary_tables.airflow.notifiers.slack import network
from summary_tables.airflow.notifiers.slack.message import SlackMessage
from summary_tables.airflow.notifiers.slack.network import asked_wait, in_time, network_problem
from summary_tables.model.incident import Answer, NotTold, Told

_SLACK_ERROR = re.compile("[a-z_]{1,60}")
_GONE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)

_AS_IT_IS = {"mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
"""Neither signs in the text nor addresses become something else."""


def post(connection: Connection, message: SlackMessage) -> Answer:
    """What Slack says to the message. Never raises."""
    try:
        client = _HookWithConnection(connection).client
    except Exception as error:  # its text may hold the address
        return NotTold(problem=f"the connection `{connection.conn_id}` cannot be used ({type(error).__name__})")
    mask_secret(client.url)
    return in_time(lambda: _post(client, message), lambda words: NotTold(problem=words))


def _post(client: WebhookClient, message: SlackMessage) -> Answer:
    """Blocks that Slack refuses are left out in a second try."""
    try:
        answer = client.send_dict({**_AS_IT_IS, "text": message.text, "blocks": list(message.blocks)})
        if answer.status_code == HTTPStatus.BAD_REQUEST:
            answer = client.send_dict({**_AS_IT_IS, "text": message.text})
    except Exception as error:  # its text may hold the address
        return NotTold(problem=network_problem(error))
    return _answer(answer)


def _answer(answer: WebhookResponse) -> Answer:
    if answer.status_code == HTTPStatus.OK:
        return Told()
    # What is wrong with the message itself does not get better.
    is_final = answer.status_code == HTTPStatus.BAD_REQUEST
    return NotTold(problem=_refusal(answer), not_before=_next_try(answer), is_final=is_final)


def _next_try(answer: WebhookResponse) -> datetime | None:
    if answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    return datetime.now(UTC) + timedelta(seconds=min(asked_wait(answer.headers), network.LONGEST_PAUSE_SECONDS))


def _refusal(answer: WebhookResponse) -> str:
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status_code < HTTPStatus.BAD_REQUEST:
        return f"HTTP {answer.status_code}; the webhook's address leads to another one, and nothing is sent there"
    code = f" ({answer.body})" if _SLACK_ERROR.fullmatch(answer.body) else ""
    advice = "; the webhook does not exist any more or the token is wrong" if answer.status_code in _GONE else ""
    return f"HTTP {answer.status_code}{code}{advice}"


class _Client(WebhookClient):
    """Follows no redirect."""

    def _perform_http_request_internal(self, url: str, req: Request) -> WebhookResponse:
        with network.opener(url, self.proxy, self.ssl).open(req, timeout=self.timeout) as answer:
            body = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return WebhookResponse(url=url, status_code=answer.status, body=body, headers=dict(answer.headers))


class _HookWithConnection(SlackWebhookHook):
    """The provider's hook for a connection that is already looked up: from the Variable, or for a thread's use."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(
            slack_webhook_conn_id=connection.conn_id,
            timeout=network.TIMEOUT_SECONDS,
            retry_handlers=[network.ShortWaitRetryHandler()],
            logger=network.silent_logger(),
        )
        self._connection = connection

    @cached_property
    def client(self) -> WebhookClient:
        return _Client(**self._get_conn_params())

    def get_connection(self, conn_id: str) -> Connection:  # type: ignore[override]  # noqa: ARG002 - BaseHook's has cls
        return self._connection
