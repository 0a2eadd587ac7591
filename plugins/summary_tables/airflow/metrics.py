"""Sends what is measured by Airflow's own metrics: to whatever `[metrics]` of the deployment has switched on.

StatsD has no tags: schema and table then stand behind the name, `summary_tables.rows.analytics.nps_summary`. Where the
deployment's metrics have tags (OpenTelemetry, Datadog, StatsD in InfluxDB's form) they are `schema` and `table`.
"""

import logging
import re
from collections.abc import Iterable
from typing import Any

from summary_tables.runs.measures import Measure

_log = logging.getLogger(__name__)


def send(measures: Iterable[Measure]) -> None:
    """Never raises: nothing fails because somebody measures it."""
    try:
        _send(measures)
    except Exception as error:
        _log.debug("Metrics were not sent: %s", type(error).__name__)


def _send(measures: Iterable[Measure]) -> None:
    from airflow.sdk.configuration import conf
    from airflow.sdk.observability import stats

    def is_on(setting: str) -> bool:
        return bool(conf.getboolean("metrics", setting, fallback=False))

    if not (is_on("statsd_on") or is_on("otel_on") or is_on("statsd_datadog_enabled")):
        return
    has_tags = is_on("statsd_influxdb_enabled") or is_on("statsd_datadog_enabled") or not is_on("statsd_on")
    for measure in measures:
        _send_one(stats, measure, has_tags=has_tags)


def _send_one(stats: Any, measure: Measure, *, has_tags: bool) -> None:
    name, tags = measure.metric.name, {}
    if measure.table:
        tags = {"schema": measure.schema, "table": measure.table}
        name = name if has_tags else ".".join([name, *map(as_part, tags.values())])
    if measure.metric.kind == "counter":
        stats.incr(name, count=int(measure.value), tags=tags)
    elif measure.metric.kind == "gauge":
        stats.gauge(name, measure.value, tags=tags)
    else:
        stats.timing(name, measure.value * 1000, tags=tags)


def as_part(name: str) -> str:
    """Part of a name in StatsD, which knows few characters: each other one is `_` and its number, `_b9e4_cd9c`."""
    return re.sub("[^a-zA-Z0-9_-]", lambda found: f"_{ord(found[0]):x}", name)
