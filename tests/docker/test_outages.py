"""The same of what takes minutes; `make test` leaves it out, `make test-docker` has it."""

import time

import pytest

from tests.docker.deployment import Deployment, building

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(3600)]
CUT_SECONDS = 60


def test_worker_loses_the_network_for_a_minute(deployment: Deployment) -> None:
    with building(deployment) as run_id:
        worker = deployment.create(run_id)["hostname"]
        deployment.server.cut_off(worker)
        time.sleep(CUT_SECONDS)
        deployment.server.connect(worker)


def test_everything_is_killed(deployment: Deployment) -> None:
    with building(deployment):
        deployment.server.kill(*deployment.server.containers())


def test_down_waits_for_what_runs_and_up_goes_on(deployment: Deployment) -> None:
    with building(deployment) as run_id:
        deployment.server.compose("down")
        deployment.server.compose("up", "--detach")
    assert deployment.create(run_id)["try_number"] == 1
