"""One server for all tests of this folder: its start takes longer than any of them."""

from collections.abc import Iterator

import pytest

from tests.docker.deployment import Deployment, deployed
from tests.docker.engine import why_no_server


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    if reason := why_no_server():
        pytest.skip(reason)
    with deployed(tmp_path_factory.mktemp("docker")) as deployment:
        yield deployment
