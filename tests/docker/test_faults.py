"""One part dies: readers see a complete table at every moment, the run that was hit ends well, and so does the next."""

import pytest

from tests.docker.deployment import SMALL, Deployment, building
from tests.docker.server import until

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(3600)]


def test_worker_is_killed(deployment: Deployment) -> None:
    with building(deployment) as run_id:
        deployment.server.kill(deployment.create(run_id)["hostname"])


def test_warehouse_restarts(deployment: Deployment) -> None:
    with building(deployment) as run_id:
        deployment.server.compose("restart", "warehouse")
    assert "The live table was not changed" in deployment.api.log(deployment.create(run_id), number=1)


def test_redis_is_killed_with_a_full_queue(deployment: Deployment) -> None:
    deployment.server.compose("stop", "airflow-worker")
    runs = {name: deployment.api.start(name) for name in SMALL}
    everything = str(len(SMALL))
    try:
        until(lambda: deployment.queued() == everything, "the queue is full")
        deployment.server.kill(*deployment.server.containers("redis"))
        until(lambda: deployment.queued() == everything, "the queue is as full as it was")
    finally:
        deployment.server.compose("start", "airflow-worker")
    for name, run_id in runs.items():
        deployment.succeeds(name, run_id)
        assert {task["try_number"] for task in deployment.api.tasks(name, run_id)} == {1}
        assert deployment.server.sql(f"SELECT one FROM analytics.{name}") == "1"
