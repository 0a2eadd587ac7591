"""Slack, asked without a message: where the webhook's address leads, and whether a bot's token is taken."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from summary_tables.commands.doctor.setup import SlackConnection
from summary_tables.model.airflow_report import AirflowConnection, AirflowReport
from summary_tables.model.settings import Slack

_USUAL = Slack().conn_id
"""Where there is no connection of this name, Slack is not set up, which is nobody's mistake."""

_SECONDS = 5
_WEBHOOK = "https://hooks.slack.com/services"
_API = "https://slack.com/api/"
_TOKEN = re.compile(r"T[A-Z0-9]+/B[A-Z0-9]+/\w+")
_BOT = re.compile(r"xox[bp]-\S+|xoxe\.\S+")
_SCOPE = "chat:write"
_WEBHOOK_FIX = (
    "give the connection the part of the webhook's address behind /services/ as its password: "
    "airflow connections delete {conn_id}; airflow connections add {conn_id} --conn-type slackwebhook "
    "--conn-password T000/B000/XXXX"
)
_BOT_FIX = "give the connection the bot's token, which begins with xoxb-, as its password (Admin, Connections)"


def ask_places(
    places: Mapping[str, bool], report: AirflowReport, of_all: Collection[str] = (_USUAL,)
) -> dict[str, SlackConnection]:
    """The connections by which people hear of tables; whether one has to say in which channel.

    `of_all`: those that `slack` in the settings names, whose place the Variable `slack_url` may take.
    """
    found: dict[str, SlackConnection] = {}
    for conn_id, needs_channel in sorted(places.items()):
        connection = report.connections.get(conn_id)
        if connection is None and conn_id in of_all and report.slack_variable:
            connection = AirflowConnection(type="slackwebhook", password=report.slack_variable)
        if connection is not None:
            found[conn_id] = ask_slack(conn_id, connection, needs_channel=needs_channel)
        elif conn_id != _USUAL and conn_id not in report.unreadable:
            found[conn_id] = absent(conn_id, needs_channel=needs_channel, has_variable=bool(report.slack_variable))
    return found


def ask_slack(conn_id: str, connection: AirflowConnection, *, needs_channel: bool = False) -> SlackConnection:
    """One connection. Nothing secret is repeated. `needs_channel`: of a bot, where nobody else says where it writes."""
    if connection.type == "slackwebhook":
        return _webhook(conn_id, connection)
    if connection.type == "slack":
        if needs_channel and not connection.extra.get("channel"):
            return SlackConnection(
                what=f"The connection `{conn_id}` is a bot's, and nothing says in which channel it writes.",
                fix='give the connection the extra field channel, such as {"channel": "#data"} (Admin, Connections)',
            )
        return _bot(conn_id, connection)
    if connection.type == "apprise":
        return SlackConnection()  # it leads anywhere, and nobody there can be asked without a message
    return SlackConnection(
        what=f"The connection `{conn_id}`, by which people are to hear of tables, is of the type `{connection.type}`.",
        fix=f"make it one of the type slackwebhook: {_WEBHOOK_FIX.format(conn_id=conn_id)}",
    )


def absent(conn_id: str, *, needs_channel: bool, has_variable: bool = False) -> SlackConnection:
    """Of a connection that Airflow does not have. Where a place names a channel, a bot is meant.

    `has_variable`: the Variable `slack_url` takes its place, wherever that leads.
    """
    add = f"airflow connections add {conn_id} --conn-type"
    webhook = f"{add} slackwebhook --conn-password T000/B000/XXXX; for mail and others: --conn-type apprise"
    instead = "; they are told where the Variable `slack_url` leads" if has_variable else ""
    return SlackConnection(
        what=f"Airflow has no connection `{conn_id}`, by which people are to hear of tables{instead}.",
        fix=webhook if needs_channel else f"{add} slack --conn-password xoxb-1, with the bot's own token",
    )


def _webhook(conn_id: str, connection: AirflowConnection) -> SlackConnection:
    base, token = connection.host or _WEBHOOK, connection.password
    if "://" in token:
        base, token = _WEBHOOK, token.rpartition("/services/")[2] if token.startswith(_WEBHOOK) else ""
    if not _TOKEN.fullmatch(token.strip("/")):
        what = f"The password of the connection `{conn_id}` is not the address of a Slack webhook."
        return SlackConnection(what=what, fix=_WEBHOOK_FIX.format(conn_id=conn_id))
    parts = urlsplit(base if "://" in base else f"https://{base}")
    return _unless_reached(conn_id, f"{parts.scheme}://{parts.netloc}/")


def _unless_reached(conn_id: str, address: str) -> SlackConnection:
    """The root of the host is asked for: nothing secret is sent, and no message."""
    try:
        urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=_SECONDS).close()
    except urllib.error.HTTPError:
        pass  # an answer, whatever it is
    except (OSError, ValueError) as error:
        return _unreached(conn_id, address, error)
    return SlackConnection()


def _unreached(conn_id: str, address: str, error: Exception) -> SlackConnection:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    why = str(getattr(cause, "strerror", "") or cause).lower()
    host = urlsplit(address).netloc
    return SlackConnection(
        what=f"{host}, where the connection `{conn_id}` leads, cannot be reached from here: {why}.",
        fix=f"let this machine reach {host}, or name a proxy in HTTPS_PROXY",
    )


def _bot(conn_id: str, connection: AirflowConnection) -> SlackConnection:
    if not _BOT.fullmatch(connection.password):
        what = f"The password of the connection `{conn_id}` is not the token of a Slack bot."
        return SlackConnection(what=what, fix=_BOT_FIX)
    address = str(connection.extra.get("base_url") or _API)
    request = urllib.request.Request(
        f"{address.rstrip('/')}/auth.test", b"", {"Authorization": f"Bearer {connection.password}"}
    )
    try:
        answer, scopes = _asked(request)
    except (OSError, ValueError) as error:
        return _unreached(conn_id, address, error)
    if isinstance(answer, dict) and answer.get("ok"):
        return _unless_scopes_lack(conn_id, scopes)
    code = str(answer.get("error", "")) if isinstance(answer, dict) else ""
    said = f" ({code})" if re.fullmatch("[a-z_]{1,60}", code) else ""
    return SlackConnection(what=f"Slack does not take the token of the connection `{conn_id}`{said}.", fix=_BOT_FIX)


def _unless_scopes_lack(conn_id: str, scopes: str | None) -> SlackConnection:
    if scopes is None or _SCOPE in re.split(r"\s*,\s*", scopes):
        return SlackConnection()
    return SlackConnection(
        what=f"The bot of the connection `{conn_id}` may not write: it has not the scope {_SCOPE}.",
        fix=f"give the app the scope {_SCOPE} (OAuth & Permissions, at Slack) and install it in the workspace again",
    )


def _asked(request: urllib.request.Request) -> tuple[object, str | None]:
    """The answer of a method, and what Slack says of the token's scopes."""
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        return json.load(answer), answer.headers.get("X-OAuth-Scopes")
