"""The dbt projects of a folder, for the catalogue."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summary_tables.catalog.dbt_projects import ProjectEntry, project_entries
from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.project_models import ProjectModel
from summary_tables.model.dag_facts import DagFacts, DagRunFacts

RUN = DagRunFacts(run_id="1", state="success", run_after=datetime(2026, 11, 22, 3, tzinfo=UTC))


def test_what_files_manifests_and_airflow_say(tmp_path: Path) -> None:
    project = "dbt: {project: dbt/shop}\nowner: growth\ndescription: Orders.\n"
    (tmp_path / "shop.yaml").write_text(project + 'timezone: Asia/Seoul\nschedule: "0 3 * * *"\n')
    (tmp_path / "bare.yaml").write_text("dbt: {project: dbt/bare}\n")
    models = [
        ProjectModel(full_name="shop.totals", project="shop", reads=()),
        ProjectModel(full_name="shop.orders", project="shop", reads=()),
    ]
    folder = read_folder(tmp_path)
    bare, shop = project_entries(folder, models, {"shop": DagFacts(runs=(RUN,))})
    assert shop == ProjectEntry(
        name="shop",
        file=shop.file,
        owner="growth",
        description="Orders.",
        runs="every day at 03:00 Asia/Seoul",
        models=(models[1], models[0]),
        last_run=RUN,
    )
    assert (bare.runs, bare.tables, bare.outcome, shop.outcome) == ("when somebody starts it", (), "", "went well")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("success", "went well"),
        ("failed", "failed"),
        ("running", "is under way"),
        ("queued", "waits for its turn"),
        ("restarting", "restarting"),
    ],
)
def test_what_became_of_the_last_run(state: str, words: str) -> None:
    assert ProjectEntry(name="shop", file="f", owner="", last_run=replace(RUN, state=state)).outcome == words
