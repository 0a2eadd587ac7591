"""Real runs send what is measured through Airflow's own metrics, and nothing fails because of them."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics.stats_utils import get_stats_factory

from summary_tables.airflow import metrics
from summary_tables.runs.measures import BUILDS, LATE_TABLES, METRICS, Measure
from tests.airflow.conftest import Project

A_BUILD = Measure(metric=BUILDS, value=1, schema="analytics", table="매출 1")


class Statsd:
    """A StatsD server: what it was sent, without Airflow's own."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening

    def sent(self) -> list[str]:
        self._listening.settimeout(0.2)
        found = []
        try:
            while True:
                found.append(self._listening.recv(4096).decode())
        except TimeoutError:
            return [line for line in found if ".summary_tables." in line]


@pytest.fixture
def initialized(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Airflow's metrics as a task begins with them; switched on by what the test sets."""
    yield monkeypatch
    monkeypatch.undo()
    stats.initialize(factory=get_stats_factory(), export_legacy_names=True)


def switch_on(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"AIRFLOW__METRICS__{name.upper()}", value)
    stats.initialize(factory=get_stats_factory(), export_legacy_names=True)


@pytest.fixture
def statsd(initialized: pytest.MonkeyPatch) -> Iterator[Statsd]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        switch_on(initialized, statsd_on="True", statsd_host="127.0.0.1", statsd_port=str(port))
        yield Statsd(listening)


def test_a_run_tells_of_its_checks_and_its_build(project: Project, statsd: Statsd) -> None:
    project.add("mau_summary")
    project.run("mau_summary")
    sent = statsd.sent()
    where = ".analytics.mau_summary:"
    names = [line.partition(where)[0].removeprefix("airflow.summary_tables.") for line in sent]
    checks = names.count("checks")
    assert names == [*["checks"] * checks, "builds", "rows", "build_seconds"]
    assert checks >= 2
    builds, rows, seconds = sent[-3:]
    assert builds.endswith(f"{where}1|c")
    assert rows.endswith(f"{where}12|g")
    assert seconds.endswith("|ms")


def test_a_run_tells_of_a_check_that_fails(project: Project, statsd: Statsd) -> None:
    check = {"sql": "SELECT 0", "count": 1}
    project.add("mau_summary", input_check=[{**check, "severity": "warn"}, check], output_check=[])
    project.run("mau_summary")
    sent = sorted(line.removeprefix("airflow.summary_tables.") for line in statsd.sent())
    where = "analytics.mau_summary:1|c"
    assert sent == [f"check_failures.{where}", f"check_warnings.{where}", f"checks.{where}", f"checks.{where}"]


def test_names_fit_statsd(statsd: Statsd) -> None:
    metrics.send([A_BUILD, Measure(metric=LATE_TABLES, value=3)])
    assert statsd.sent() == [
        "airflow.summary_tables.builds.analytics._b9e4_cd9c_201:1|c",
        "airflow.summary_tables.late_tables:3|g",
    ]


def test_with_tags_names_stay_short(statsd: Statsd, initialized: pytest.MonkeyPatch) -> None:
    initialized.setenv("AIRFLOW__METRICS__STATSD_INFLUXDB_ENABLED", "True")
    stats.initialize(factory=get_stats_factory(), export_legacy_names=True)
    metrics.send([Measure(metric=BUILDS, value=1, schema="analytics", table="nps_summary")])
    assert statsd.sent() == ["airflow.summary_tables.builds,schema=analytics,table=nps_summary:1|c"]


class Recorder:
    """What OpenTelemetry's logger of Airflow would be told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, Any]] = []

    def __getattr__(self, kind: str) -> Any:
        return lambda name, *_, tags=None, **__: self.told.append((kind, name, tags))


def test_opentelemetry_gets_tags(initialized: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    initialized.setenv("AIRFLOW__METRICS__OTEL_ON", "True")
    stats.initialize(factory=lambda: recorder, export_legacy_names=True)  # type: ignore[arg-type,return-value]
    metrics.send(Measure(metric=metric, value=1, schema="analytics", table="매출") for metric in METRICS)
    assert {name for _, name, _ in recorder.told} == {metric.name for metric in METRICS}
    assert {kind for kind, _, _ in recorder.told} == {"incr", "gauge", "timing"}
    assert all(tags == {"schema": "analytics", "table": "매출"} for _, _, tags in recorder.told)


def test_nothing_is_sent_where_nothing_is_switched_on(initialized: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    stats.initialize(factory=lambda: recorder, export_legacy_names=True)  # type: ignore[arg-type,return-value]
    metrics.send([A_BUILD])
    assert recorder.told == []
    assert initialized


def test_what_goes_wrong_is_nobodys_failure(initialized: pytest.MonkeyPatch) -> None:
    switch_on(initialized, statsd_on="True", statsd_host="nowhere.invalid")
    metrics.send([A_BUILD])

    def broken() -> Any:
        raise RuntimeError("a client of one's own that does not work")

    stats.initialize(factory=broken, export_legacy_names=True)
    metrics.send([A_BUILD])
