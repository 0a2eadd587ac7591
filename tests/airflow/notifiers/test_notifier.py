"""A notifier is a folder and its settings: a made-up one is told what Slack is told, by real runs in Airflow."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import psycopg
import pytest

from summary_tables.airflow import notifiers
from summary_tables.airflow.notifiers.notifier import tell
from summary_tables.airflow.notifiers.slack import notifier as slack_notifier
from summary_tables.configs.config import settings_from_data
from summary_tables.configs.schema.check import findings
from summary_tables.configs.schema.usable_defaults import usable_defaults
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.model.failure import Failure
from summary_tables.model.incident import Answer, Message, NotTold, Place
from summary_tables.model.problem import Problem
from summary_tables.model.settings import NOTIFIERS, Settings, Slack
from summary_tables.runs.run_warnings import RunWarnings
from tests.airflow.conftest import Project, failed_tasks, tell_digest
from tests.airflow.notifiers.made_up.settings import SCHEMA, MadeUp
from tests.configs.schema.changed_schema import changed_schema

FEW = {"row_count": {"min": 12}, "severity": "warn"}
WARNED = 'Output check "at least 12 rows" of analytics.b warned: expected at least 12 rows, got 1 row.'
FAILED = (
    'Output check "at least 2 rows" of analytics.a failed: expected at least 2 rows, got 1 row. '
    "There is no live table yet."
)
WARNING = Failure(step="publish", table="s.t", error="Rows are missing.", is_warning=True)
REPORT = RunWarnings(table="s.t", dag_id="t", run_id="r", warnings=(WARNING,))


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """All that there is to a notifier: its folder, its line in `NOTIFIERS`, its key in the schema."""
    monkeypatch.setattr(notifiers, "__path__", [*notifiers.__path__, str(Path(__file__).parent)])
    monkeypatch.setitem(NOTIFIERS, "made_up", MadeUp)
    with changed_schema("defaults", lambda schema: schema["properties"].update(made_up=SCHEMA), tmp_path):
        yield


@pytest.mark.usefixtures("made_up")
def test_a_made_up_notifier_hears_of_a_failure_and_of_a_warning(
    project: Project, admin: psycopg.Connection[object], tmp_path: Path, sent: list[str]
) -> None:
    admin.execute("DROP VIEW IF EXISTS analytics.a, analytics.b")
    told = tmp_path / "told"
    (project.configs / "defaults.yaml").write_text(
        f"retries: 0\nslack: {{}}\nmade_up: {{conn_id: '{told}', mention: everybody}}\n"
    )
    table = {"schema": "analytics", "main_sql": "SELECT 1 AS one"}
    project.write("a", {**table, "table": "a", "output_check": [{"row_count": {"min": 2}}]})
    assert failed_tasks(project.run("a")) == ["output_check.row_count"]
    project.write("b", {**table, "table": "b", "output_check": [FEW]})
    assert failed_tasks(project.run("b")) == []
    tell_digest()
    published = f"{WARNED} The table was published all the same."
    assert told.read_text("utf-8").splitlines() == [
        "everybody Output check failed: analytics.a",
        FAILED,
        "Check warned: analytics.b",
        published,
    ]
    assert sent == [FAILED, published]


@pytest.mark.usefixtures("made_up")
def test_its_settings_are_read_as_those_of_any_notifier() -> None:
    assert settings_from_data({"made_up": {"conn_id": "x", "mention": 5, "unknown": "y"}}).notifiers == (
        MadeUp(conn_id="x"),
    )
    both = settings_from_data({"slack": {"mention": "<!here>"}, "made_up": {}}).notifiers
    assert both == (Slack(mention="<!here>"), MadeUp())
    assert settings_from_data({"slack": 5, "made_up": None}).notifiers == (Slack(),)
    assert settings_from_data({"made_up": {}}).samples
    assert not settings_from_data({"made_up": {}, "mail": {}}).samples
    document = yaml_document.parse(b"owner: a\nmade_up: {conn_id: x, mention: 5}\n")
    assert isinstance(document, yaml_document.YamlDocument)
    usable = usable_defaults(document)
    assert usable is not None
    assert (usable.data, usable.broken) == ({"owner": "a", "made_up": {"conn_id": "x"}}, frozenset())
    path = Path("dag_configs/defaults.yaml")
    assert [str(Problem.of(finding, path)) for finding in findings(document, "defaults")] == [
        "dag_configs/defaults.yaml:2:32: error[value] `mention` must be a text, not the number 5; "
        'fix: put it in quotes: "5"'
    ]


def test_every_notifier_has_its_folder() -> None:
    for name in NOTIFIERS:
        assert callable(import_module(f"{notifiers.__name__}.{name}.notifier").tell)


def test_one_that_breaks_says_so_without_its_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_message: Message) -> Answer:
        raise RuntimeError("https://secret.example.com")

    monkeypatch.setattr(slack_notifier, "tell", break_down)
    broken, missing = tell(message("slack"), Settings()), tell(message("not_there"), Settings())
    assert broken == NotTold(problem="the notifier `slack` could not tell it (RuntimeError)")
    assert missing == NotTold(problem="the notifier `not_there` could not tell it (ModuleNotFoundError)")
    told_instead = f"{WARNING} The table was published all the same."
    assert caplog.messages == [
        f"The notifier `slack` could not tell it (RuntimeError): {told_instead}",
        f"The notifier `not_there` could not tell it (ModuleNotFoundError): {told_instead}",
    ]


def message(notifier: str) -> Message:
    return Message(
        message_id="1",
        kind="first",
        schema="s",
        table="t",
        place=Place(notifier=notifier, conn_id="x"),
        notice=REPORT.notice(),
        recorded_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
