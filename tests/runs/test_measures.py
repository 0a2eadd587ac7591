"""What is measured, the page that says so, and the dashboard that shows it."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from summary_tables.checks import CheckName, CheckResult
from summary_tables.model.build import Build
from summary_tables.model.check_run import CheckRun
from summary_tables.model.failure import Refusal
from summary_tables.model.incident import Incident
from summary_tables.model.table import SummaryTable
from summary_tables.runs.measures import METRICS, Measure, of_build, of_check, of_watch

DOCS = Path(__file__).parents[2] / "docs"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TABLE = SummaryTable(table="nps_summary", schema="analytics", main_sql="")
BUILD = Build(
    version="v", run_id="r", run_at=NOW, started_at=NOW, built_at=NOW + timedelta(seconds=48.5), rows=92, columns=("n",)
)
CHECK = CheckRun(
    step="output_check",
    position=1,
    name=CheckName(label="at least 12 rows", key="at least rows"),
    severity="error",
    result=CheckResult(passed=True, expected="at least 12", actual="92"),
)


def told(measures: Any) -> list[tuple[str, float, str]]:
    return [(each.metric.name.removeprefix("summary_tables."), each.value, where(each)) for each in measures]


def where(measure: Measure) -> str:
    return f"{measure.schema}.{measure.table}" if measure.table else "all"


def test_a_build() -> None:
    assert told(of_build(TABLE, BUILD)) == [
        ("builds", 1, "analytics.nps_summary"),
        ("rows", 92, "analytics.nps_summary"),
        ("build_seconds", 48.5, "analytics.nps_summary"),
    ]
    assert len(told(of_build(TABLE, replace(BUILD, built_at=None)))) == 2


def test_a_check() -> None:
    failed = replace(CHECK, result=CheckResult(passed=False, expected="at least 12", actual="7"))
    unasked = replace(CHECK, severity="warn", result=Refusal(error="There is no table."))
    assert told(of_check(TABLE, CHECK)) == [("checks", 1, "analytics.nps_summary")]
    assert told(of_check(TABLE, failed))[1:] == [("check_failures", 1, "analytics.nps_summary")]
    assert told(of_check(TABLE, unasked))[1:] == [("check_warnings", 1, "analytics.nps_summary")]


def incident(table: str, hours: int) -> Incident:
    opened = NOW - timedelta(hours=hours)
    return Incident(
        incident_id="1",
        schema="analytics",
        table=table,
        kind="failed",
        about="build",
        opened_at=opened,
        seen_at=NOW,
    )


def test_a_look_at_all_tables() -> None:
    late = {("analytics", "a"): timedelta(hours=2), ("analytics", "b"): timedelta(0)}
    assert told(of_watch(late, [incident("a", 3), incident("c", 30)], NOW)) == [
        ("late_seconds", 7200, "analytics.a"),
        ("late_seconds", 0, "analytics.b"),
        ("incident_seconds", 10_800, "analytics.a"),
        ("incident_seconds", 0, "analytics.b"),
        ("incident_seconds", 108_000, "analytics.c"),
        ("late_tables", 1, "all"),
        ("open_incidents", 2, "all"),
        ("oldest_incident_seconds", 108_000, "all"),
    ]
    assert told(of_watch({}, [], NOW)) == [
        ("late_tables", 0, "all"),
        ("open_incidents", 0, "all"),
        ("oldest_incident_seconds", 0, "all"),
    ]


def test_the_page_lists_all_of_them() -> None:
    rows = "".join(f"| `{metric.name}` | {metric.kind} | {metric.words} |\n" for metric in METRICS)
    assert rows in (DOCS / "monitoring.md").read_text("utf-8")


def dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DOCS / "monitoring" / "grafana.json").read_text("utf-8"))
    return found


def prometheus_names() -> set[str]:
    """As statsd_exporter gives them: a timer has a sum and a count."""
    endings = {"timer": ("_sum", "_count")}
    return {
        f"airflow_{metric.name.replace('.', '_')}{ending}"
        for metric in METRICS
        for ending in endings.get(metric.kind, ("",))
    }


def test_the_dashboard_shows_what_is_sent_and_all_of_it() -> None:
    asked = set(re.findall(r"\bairflow_\w+", json.dumps(dashboard())))
    assert asked == prometheus_names()


def test_the_dashboard_has_the_shape_that_grafana_reads() -> None:
    """https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model"""
    found = dashboard()
    assert (found["uid"], found["title"], found["schemaVersion"]) == ("summary-tables", "Summary Tables", 39)
    panels, variables = found["panels"], [each["name"] for each in found["templating"]["list"]]
    assert [panel["id"] for panel in panels] == list(range(1, len(panels) + 1))
    assert {panel["type"] for panel in panels} <= {"stat", "table", "timeseries"}
    for panel in panels:
        assert panel["title"]
        assert panel["description"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        assert [target["refId"] for target in panel["targets"]] == [chr(65 + n) for n in range(len(panel["targets"]))]
        for target in panel["targets"]:
            assert set(re.findall(r"\$(\w+)", target["expr"])) <= set(variables)
            assert target["expr"].count("(") == target["expr"].count(")")
    assert variables == ["datasource", "schema", "table"]


def test_no_panel_lies_over_another() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in dashboard()["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        assert max(x for x, _ in cells) < 24
        taken |= cells
    rows = sorted({y for _, y in taken})
    assert all(later - earlier == 1 for earlier, later in pairwise(rows))


def test_the_mapping_makes_labels_of_schema_and_table() -> None:
    (mapping,) = yaml.safe_load((DOCS / "monitoring" / "statsd_exporter.yaml").read_text("utf-8"))["mappings"]
    pattern = re.escape(mapping["match"]).replace(r"\*", r"([^.]*)")
    for metric in METRICS:
        found = re.fullmatch(pattern, f"airflow.{metric.name}.analytics.nps_summary")
        assert found
        name = mapping["name"].replace("$1", found[1])
        assert any(known.startswith(name) for known in prometheus_names())
        assert (found[2], found[3]) == ("analytics", "nps_summary")
    assert mapping["labels"] == {"schema": "$2", "table": "$3"}
