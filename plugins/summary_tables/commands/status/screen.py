"""How everything stands, on one screen of a terminal and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from summary_tables.catalog.entry import STATES, Entry
from summary_tables.commands.status.standing import AirflowStanding, Standing
from summary_tables.model.incident import Incident
from summary_tables.text.english import counted, listed, plural
from summary_tables.text.moments import UTC_NAME, about, to_the_minute
from summary_tables.text.visible import escaped, visible
from summary_tables.text.width import cut

_MOST_LINES: Final = 10
_MOST_CELLS: Final = 300
_WIDTH: Final = 11
_PARTS: Final = {
    "metadatabase": "its database",
    "scheduler": "the scheduler",
    "dag_processor": "the DAG processor",
    "triggerer": "the triggerer",
}


def screen(standing: Standing) -> str:
    """What is wrong comes below a few lines that say how all of it stands."""
    lines = [
        *_airflow_lines(standing.airflow),
        _line("Tables", _tables(standing)),
        _line("Incidents", _incidents(standing)),
        *([_line("Warehouse", standing.warehouse_problem)] if standing.warehouse_problem else []),
    ]
    paragraphs = ["\n".join(lines), *_paragraphs(standing)]
    last = "All is well." if standing.is_well else "Somebody has to look."
    return "\n\n".join([*paragraphs, f"{last} {to_the_minute(UTC_NAME, standing.read_at)}"]) + "\n"


def document(standing: Standing) -> str:
    """For a monitor. Times are ISO 8601, in UTC."""
    airflow = standing.airflow
    found: dict[str, Any] = {
        "is_well": standing.is_well,
        "read_at": standing.read_at.isoformat(),
        "airflow": airflow
        and {
            "health": dict(airflow.health),
            "import_errors": [{"file": file, "text": text} for file, text in airflow.import_errors],
            "runs": dict(airflow.going_on or {}),
            "watch": airflow.watch,
            "problem": airflow.problem,
        },
        "warehouse_problem": standing.warehouse_problem,
        "states": _counts(standing.entries),
        "tables": [
            {
                "table": entry.full_name,
                "state": entry.state.state,
                "sentence": entry.state.sentence,
                "since": entry.state.since and entry.state.since.isoformat(),
            }
            for entry in standing.entries
        ],
        "incidents": [
            {
                "table": incident.full_name,
                "kind": incident.kind,
                "opened_at": incident.opened_at.isoformat(),
                "reason": incident.reason,
                "failed_runs": incident.failed_runs,
            }
            for incident in standing.incidents or ()
        ],
    }
    return escaped(json.dumps(found, indent=2, ensure_ascii=False)) + "\n"


def _line(heading: str, words: str) -> str:
    return f"{heading:<{_WIDTH}}{visible(words)}"


def _airflow_lines(airflow: AirflowStanding | None) -> Iterator[str]:
    if airflow is None:
        yield _line("Airflow", "not asked: --airflow ADDRESS")
        return
    if airflow.health:
        unwell = [_PARTS.get(part, part) for part in airflow.unwell]
        words = f"{listed(unwell)} {plural(len(unwell), 'is', 'are')} down" if unwell else "runs"
        absent = [_PARTS.get(part, part) for part, status in airflow.health.items() if status is None]
        others = [part for part in absent if part not in unwell]
        yield _line("Airflow", f"{words}; without {listed(others)}" if others else words)
    if airflow.problem:
        yield _line("" if airflow.health else "Airflow", airflow.problem)
    elif airflow.going_on is None:
        yield _line("", "not asked about files and runs: --login env:NAME")
    else:
        number = len(airflow.import_errors)
        yield _line("Files", f"{counted(number, 'import error')}" if number else "all are read")
        yield _line("Watch", airflow.watch or "runs")
        yield _line("Runs", f"{airflow.going_on.get('running', 0)} running, {airflow.going_on.get('queued', 0)} queued")


def _tables(standing: Standing) -> str:
    counts = _counts(standing.entries)
    parts = [f"{number} {state.replace('_', ' ')}" for state, number in counts.items()]
    return f"{len(standing.entries)}: {', '.join(parts)}" if parts else "0"


def _counts(entries: Sequence[Entry]) -> dict[str, int]:
    found = Counter(entry.state.state for entry in entries)
    return {state: found[state] for state in STATES if found[state]}


def _incidents(standing: Standing) -> str:
    if standing.incidents is None:
        return "not known" if standing.warehouse_problem else "not asked: --warehouse ADDRESS"
    if not standing.incidents:
        return "none open"
    oldest = min(incident.opened_at for incident in standing.incidents)
    return f"{len(standing.incidents)} open, the oldest for {about(standing.read_at - oldest)}"


def _paragraphs(standing: Standing) -> Iterator[str]:
    if standing.airflow and standing.airflow.import_errors:
        yield _cut("Import errors", [_error(*error) for error in standing.airflow.import_errors])
    if standing.wrong:
        yield _cut("Tables that are not as they should be", [_table(entry) for entry in standing.wrong])
    if standing.incidents:
        yield _cut("Incidents", list(_incident_lines(standing, standing.incidents)))


def _cut(heading: str, lines: Sequence[str]) -> str:
    more = len(lines) - _MOST_LINES
    shown = [f"  {line}" for line in lines[:_MOST_LINES]]
    return "\n".join([heading, *shown, *([f"  ... and {more:,} more: --json has all"] if more > 0 else [])])


def _error(file: str, text: str) -> str:
    first, _, _ = text.partition("\n")
    return visible(f"{file}: {first}")


def _table(entry: Entry) -> str:
    return visible(f"{entry.full_name}: {entry.state.sentence}")


def _incident_lines(standing: Standing, incidents: Sequence[Incident]) -> Iterator[str]:
    """Of a table that stands above it is said there why."""
    zones = {entry.full_name: entry.zone for entry in standing.entries}
    said = {entry.full_name for entry in standing.wrong}
    for incident in incidents:
        line = _incident(incident, standing.read_at, zones.get(incident.full_name, UTC_NAME))
        why = "" if incident.full_name in said else f"\n    {cut(visible(incident.reason), _MOST_CELLS)}"
        yield f"{line}{why}"


def _incident(incident: Incident, now: datetime, zone: str) -> str:
    since = f"since {to_the_minute(zone, incident.opened_at)}, {about(now - incident.opened_at)}"
    runs = f", {counted(incident.failed_runs, 'failed run')}" if incident.failed_runs else ""
    return visible(f"{incident.full_name}: {incident.kind.replace('_', ' ')} {since}{runs}")
