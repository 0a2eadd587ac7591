"""The tables of a folder of configs, built and published by the steps of a run."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg

from summary_tables.configs.config import Config
from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.lineage import lineage
from summary_tables.model.failure import Refusal
from summary_tables.model.table import CheckStep
from summary_tables.runs import build_step, check_step, publish_step
from summary_tables.runs.dates import as_asked
from summary_tables.runs.render import main_query
from summary_tables.runs.run import Run
from summary_tables.runs.scheduled_dates import last_run
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.session.session import open_session


@dataclass(kw_only=True)
class Outcome:
    """`built` in their order; `refused`: why others were not; `failed_checks` stopped nothing."""

    built: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    failed_checks: tuple[str, ...] = ()


def built(folder: Path, session: psycopg.Connection, *, is_later: bool) -> Outcome:
    """All of them, each behind what it reads: as a whole, or the rows of all intervals beside those that are there."""
    session.execute(b"CREATE SCHEMA IF NOT EXISTS summary_tables")
    read, outcome = read_folder(folder), Outcome()
    configs = {file.full_name: file.config for file in read.files}
    for name in lineage(read).in_build_order(configs):
        run = _run(configs[name], session, is_later=is_later)
        found = _published(run)
        if isinstance(found, Refusal):
            outcome.refused[name] = found.error
            continue
        outcome.built.append(name)
        outcome.failed_checks += tuple(f"{name}: {each}" for each in found)
    return outcome


def _run(config: Config, session: psycopg.Connection, *, is_later: bool) -> Run:
    now = datetime.now(UTC)
    dates = last_run(config.table, now)
    asked: dict[str, object] = {"full_refresh": True}
    if is_later:
        asked = {"from": "2000-01-01", "to": now.date().isoformat()}
    refresh = config.table.refresh
    return Run(
        config=config,
        dates=as_asked(dates, asked, refresh) if refresh.is_incremental else dates,
        open_session=partial(open_session, session, config.settings.warehouse),
        run_id=f"later {now}" if is_later else f"first {now}",
    )


def _published(run: Run) -> list[str] | Refusal:
    """The checks that failed."""
    failed = _failed(run, "input_check")
    sql = "" if run.table.cells else main_query(run.table, run.config.dialect, run.dates)
    if isinstance(sql, Refusal):
        return sql
    version = build_step.build(run, sql, build_version)
    if isinstance(version, Refusal):
        return version
    failed += _failed(run, "output_check", check_step.new_version(run.warehouse, version.version))
    published = publish_step.publish(run, version.version, may_lose_rows=True)
    return published if isinstance(published, Refusal) else failed


def _failed(run: Run, step: CheckStep, new: check_step.NewTable | None = None) -> list[str]:
    """In words: what each of them found that should not be."""
    found = check_step.all_checked(run, step, new)
    refused = [f"{each.name.label}: {each.result.error}" for each in found if isinstance(each.result, Refusal)]
    results = [(each.name.label, each.result) for each in found if not isinstance(each.result, Refusal)]
    return refused + [f"{name}: {result.actual}" for name, result in results if not result.passed]
