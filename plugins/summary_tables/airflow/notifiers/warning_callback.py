"""The callback that tells Slack what checks of severity `warn` found in a run that published its table."""

from dataclasses import dataclass
from typing import Any

from summary_tables.airflow.notifiers.notifier import RunNotifier, environment, run_at, run_url
from summary_tables.airflow.notifiers.slack.message import slack_message
from summary_tables.airflow.notifiers.slack.send import send
from summary_tables.runs.run_warnings import RunWarnings


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningNotifier(RunNotifier):
    """A DAG's `on_success_callback`: one message a run, none where every check holds. It mentions nobody."""

    def notify(self, context: Any) -> None:
        if found := self.run_warnings(context):
            send(slack_message(found), self.slack.conn_id)

    def run_warnings(self, context: Any) -> RunWarnings | None:
        """What was found, as far as `context` (at least `dag` and `run_id`) and Airflow tell."""
        dag_id, run_id = context["dag"].dag_id, context["run_id"]
        found = self.warnings(dag_id, run_id)
        if not found:
            return None
        warnings = tuple(found.values())
        only = next(iter(found)) if len(found) == 1 else ""
        return RunWarnings(
            table=self.full_name,
            dag_id=dag_id,
            run_id=run_id,
            warnings=warnings,
            owner=self.owner,
            run_at=run_at(context),
            log_url=run_url(dag_id, run_id, only),
            log_is_run=not only,
            config_url=self._config_url(warnings[0]),
            next_run=self._next_run(context),
            environment=environment(),
        )
