"""One deployment for the files of tests that share it: it takes half a minute to start."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.end_to_end.deployment import Deployment, deployment


class Shared:
    """Started when it is needed first, stopped when nothing of this run needs it any more."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.found: Deployment | None = None


@pytest.fixture(scope="session")
def shared() -> Iterator[Shared]:
    made = Shared()
    yield made
    made.stack.close()


@pytest.fixture(scope="module")
def running(
    request: pytest.FixtureRequest, shared: Shared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    if shared.found is None:
        shared.found = shared.stack.enter_context(deployment(tmp_path_factory.mktemp("deployment")))
    yield shared.found
    if not _is_needed_later(request):
        shared.stack.close()
        shared.found = None


def _is_needed_later(request: pytest.FixtureRequest) -> bool:
    """By another file: tests of one file are run together."""
    items = request.session.items
    last = max(place for place, item in enumerate(items) if item.path == request.path)
    return any("running" in getattr(item, "fixturenames", ()) for item in items[last + 1 :])


@pytest.fixture
def airflow(running: Deployment) -> Deployment:
    """The deployment without configs, and with a Slack that was told nothing yet."""
    running.remove_all()
    running.slack.messages.clear()
    return running
