"""What both ways to Slack share on the network: time limits, retries, redirects, and words for what went wrong."""

import logging
import math
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, ProxyHandler, build_opener

from slack_sdk.errors import SlackRequestError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState

TIMEOUT_SECONDS = 5
"""How long one step on the network (connect, write, read) may take."""

DEADLINE_SECONDS = 10
"""How long all of it may take, retries included."""

LONGEST_WAIT_SECONDS = 3
"""A longer wait asked for by Slack (HTTP 429) is not granted: the message is told later."""

LONGEST_PAUSE_SECONDS = 3600
"""A longer pause asked for by Slack is not kept."""

_LATE = "no answer within {seconds} seconds, so it may still arrive"

T = TypeVar("T")


def in_time(work: Callable[[], T], late: Callable[[str], T]) -> T:
    """What `work` gives, or `late` of what is to be said. A thread, because no timeout of a socket bounds the whole."""
    found: list[T] = []
    thread = threading.Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    thread.join(DEADLINE_SECONDS)
    return found[0] if found else late(_LATE.format(seconds=DEADLINE_SECONDS))


def network_problem(error: Exception) -> str:
    """Why nothing came back. No text of the exception is repeated: it may hold the address."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return f"no answer within {TIMEOUT_SECONDS} seconds"
    if isinstance(cause, OSError):
        return f"it could not be reached ({cause.strerror or 'the connection broke off'})"
    return f"sending failed ({type(error).__name__})"


def asked_wait(headers: dict[str, Any]) -> float:
    """The seconds that Slack asks for; 1 when it does not say, infinity when it says something else."""
    values = {name.lower(): value for name, value in headers.items()}.get("retry-after", "1")
    try:
        seconds = float(values[0] if isinstance(values, list) else values)
    except ValueError:
        return math.inf
    return seconds if seconds >= 0 else math.inf


class ShortWaitRetryHandler(RetryHandler):
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
            and asked_wait(response.headers) <= LONGEST_WAIT_SECONDS
        )

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 - slack_sdk's interface
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002 - slack_sdk's interface
    ) -> None:
        time.sleep(asked_wait(response.headers) if response else 0)
        state.next_attempt_requested = True
        state.increment_current_attempt()


class _NoRedirect(HTTPRedirectHandler):
    """What Slack is to get goes to no other address: a redirect is an answer like any other."""

    def redirect_request(self, *_: object) -> None:
        return None


def opener(url: str, proxy: str | None, ssl: Any) -> OpenerDirector:
    """What asks `url` and follows no redirect, with which slack_sdk would ask by GET: the message would be lost."""
    if not url.lower().startswith(("http://", "https://")):
        raise SlackRequestError("no web address")
    proxies = [ProxyHandler({"http": proxy, "https": proxy})] if isinstance(proxy, str) else []
    return build_opener(_NoRedirect, HTTPSHandler(context=ssl), *proxies)


def silent_logger() -> logging.Logger:
    """Belongs to no hierarchy, so that no logging configuration can make it speak."""
    return logging.Logger("slack_sdk", level=logging.CRITICAL + 1)
