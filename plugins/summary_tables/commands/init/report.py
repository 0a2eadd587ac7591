"""What `init` says of its steps."""

import difflib
from collections.abc import Iterator, Sequence

from summary_tables.commands.init.plan import State, Step
from summary_tables.commands.init.record import NAME
from summary_tables.text.english import counted

_DONE = {"missing": "Wrote", "outdated": "Updated"}
_WANTED = {"missing": "Would write", "outdated": "Would update"}
_LEFT: dict[State, str] = {
    "edited": "Kept, since somebody changed it here. `--diff` shows how it differs, `--replace {path}` takes the new "
    "one:",
    "deleted": "Not brought back, since somebody deleted it here. `--replace {path}` does:",
    "in the way": "Not written, since something that is no file of this folder stands there:",
    "would hide": "Not written, since it would hide Python files of this repository from Airflow. If none of them is a "
    "DAG file, `--replace {path}` writes it:",
}


def steps_in_words(steps: Sequence[Step], *, is_done: bool) -> Iterator[str]:
    """Lines. `is_done`: the steps were taken; else they would be."""
    for state, verb in (_DONE if is_done else _WANTED).items():
        paths = sorted(step.file.path for step in steps if step.state == state)
        if paths:
            yield f"{verb} {counted(len(paths), 'file')}:"
            yield from (f"  {path}" for path in paths)
    for state, words in _LEFT.items():
        paths = sorted(step.file.path for step in steps if step.state == state)
        if paths:
            yield words.format(path=paths[0] if len(paths) == 1 else "PATH")
            yield from (f"  {path}" for path in paths)
    if not any(step.writes for step in steps):
        count = sum(step.state == "same" for step in steps)
        yield f"Nothing to write: {counted(count, 'file')} as this version has them."


def differences(steps: Sequence[Step]) -> Iterator[str]:
    """Lines of a diff from what stands to what this version has, of each file that is there and differs."""
    for step in steps:
        if step.standing is not None and step.state in ("outdated", "edited"):
            before, after = step.standing.decode("utf-8", "replace").splitlines(), step.file.text.splitlines()
            yield from difflib.unified_diff(before, after, step.file.path, f"{step.file.path} (new)", lineterm="")


def next_steps(root: str, version: str, *, with_dbt: bool) -> Iterator[str]:
    """What is left to do once the files are there."""
    yield f"Commit all of it, {NAME} too: by that a later version knows what nobody changed."
    yield "Then, where Airflow's services run (docs/installing.md of Summary Tables says more of each):"
    yield f'  pip install "summary-tables[airflow]=={version}"'
    yield from (f"  {setting}" for setting in (f"AIRFLOW__CORE__DAGS_FOLDER={root}/dags", *_SETTINGS))
    yield "  airflow connections add warehouse --conn-uri 'postgresql://builder:PASSWORD@HOST:5432/DATABASE'"
    yield "  airflow connections add slack_default --conn-type slackwebhook --conn-password TOKEN"
    if with_dbt:
        yield "  uv sync --locked --project dbt_environment               dbt, for files with `dbt:` (docs/dbt.md)"
    yield "In the warehouse, as its administrator, for the role `builder`:"
    yield "  CREATE SCHEMA summary_tables; CREATE SCHEMA IF NOT EXISTS analytics;"
    yield "  GRANT USAGE, CREATE ON SCHEMA summary_tables, analytics TO builder;"
    if with_dbt:
        yield "  GRANT CREATE ON DATABASE warehouse TO builder;           or make the schemas of dbt's models for it"


_SETTINGS = (
    "AIRFLOW__CORE__DAGBAG_IMPORT_ERROR_TRACEBACKS=False      what is wrong with a file, without Python's traceback",
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION=False         a merged table is built without a click",
    "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT=180   time to read some thousand files",
    "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD=540          no table goes because one reading took longer",
)
