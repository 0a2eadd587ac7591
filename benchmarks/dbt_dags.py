"""`make bench-dbt`: a dbt project of 100 models by our DAG, by astronomer-cosmos, and by `dbt build` alone."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Final
from urllib.parse import quote

import psutil

from benchmarks.dbt_models import NAME, SCHEMA, SOURCE_SQL, write_models
from benchmarks.failed_runs import why_failed
from demo.airflow_environment import merged_with_callers
from summary_tables.runs.dbt_build.dbt_profile import Login, environment, profile_text
from summary_tables.runs.dbt_build.program import ENVIRONMENT
from tests.conftest import REPOSITORY
from tests.end_to_end import deployment as whole

DBT: Final = REPOSITORY / ENVIRONMENT
COSMOS_MODES: Final = {"cosmos, watcher": "watcher", "cosmos, a dbt a task": "local"}
_REST_SECONDS = 10
_PARSES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one run: seconds by the clock, CPU seconds of dbt and of Airflow beyond what it takes at rest, its tasks."""

    wall: float
    cpu: float
    tasks: int = 0


def measure(models: int, rounds: int, cosmos: str, modes: Sequence[str]) -> dict[str, list[Cost]]:
    """`cosmos` is the Python of an environment that has it, with all that ours has; empty: it is left out."""
    with _deployed(models, cosmos) as airflow:
        found: dict[str, list[Cost]] = {"dbt build": [_bare(airflow) for _ in range(rounds + 1)][1:]}
        dags = {"our DAG": NAME, **{mode: f"cosmos_{COSMOS_MODES[mode]}" for mode in modes if cosmos}}
        for title, dag_id in dags.items():
            airflow.has_dags(dag_id)
            # The first run of each has something to load that later ones find.
            found[title] = [_run(airflow, dag_id) for _ in range(rounds + 1)][1:]
        return found


@contextmanager
def _deployed(models: int, cosmos: str) -> Iterator[whole.Deployment]:
    whole.SETTINGS["AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL"] = "600"
    whole.SETTINGS["AIRFLOW__COSMOS__ENABLE_TELEMETRY"] = "False"
    with tempfile.TemporaryDirectory(prefix="bench-dbt-") as made:
        root = Path(made)
        whole.write_project(root)
        write_models(root / "dbt" / NAME, models)
        file = {"dbt": {"project": f"dbt/{NAME}", "schema": SCHEMA, "freshness": False}, "retries": 0}
        (root / "dag_configs" / f"{NAME}.yaml").write_text(json.dumps({**file, "schedule": "none"}), "utf-8")
        with whole.ground(root, cosmos or sys.executable) as airflow:
            airflow.services.start("api-server")
            airflow.execute(SOURCE_SQL + _rights())
            _write_profile(airflow)
            if cosmos:
                _dbt(airflow, "parse")
                (root / "dags" / "cosmos_dags.py").write_text(_cosmos_dags(root), "utf-8")
            whole.start_airflow(airflow)
            yield airflow


def _rights() -> str:
    return (
        f"CREATE SCHEMA IF NOT EXISTS {SCHEMA} AUTHORIZATION builder;"
        "GRANT CREATE ON DATABASE warehouse TO builder; GRANT USAGE ON SCHEMA raw_bench TO builder;"
        "GRANT SELECT ON ALL TABLES IN SCHEMA raw_bench TO builder"
    )


def _login(airflow: whole.Deployment) -> Login:
    server = airflow.server
    return Login(
        host=server.host, port=server.port, user="builder", password=airflow.roles.builder, database="warehouse"
    )


def _write_profile(airflow: whole.Deployment) -> None:
    """For dbt without Airflow, and for cosmos; its values are variables of the environment."""
    login = _login(airflow)
    text = profile_text(NAME, "prod", login)
    for name, value in environment(login, SCHEMA, "bench", {}).items():
        for call in (f"{{{{ env_var('{name}') | as_number }}}}", f"{{{{ env_var('{name}') }}}}"):
            text = text.replace(f'"{call}"', value if "as_number" in call else json.dumps(value))
    path = airflow.root / "dbt" / NAME / "profiles.yml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)


def _dbt(airflow: whole.Deployment, *command: str) -> None:
    folder = airflow.root / "dbt" / NAME
    variables = merged_with_callers({"DBT_SEND_ANONYMOUS_USAGE_STATS": "0", "DO_NOT_TRACK": "1"})
    done = subprocess.run(
        [DBT, *command, "--profiles-dir", "."], cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"dbt {command[0]} failed:\n{done.stdout[-3000:]}")


def _bare(airflow: whole.Deployment) -> Cost:
    before, started = getrusage(RUSAGE_CHILDREN), time.monotonic()
    _dbt(airflow, "build", "--target", "prod", "--threads", "4")
    wall, after = time.monotonic() - started, getrusage(RUSAGE_CHILDREN)
    return Cost(wall=wall, cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _run(airflow: whole.Deployment, dag_id: str) -> Cost:
    at_rest = _cpu_at_rest(airflow, dag_id)
    before, started = _cpu(airflow), time.monotonic()
    run = airflow.run(dag_id)
    wall = time.monotonic() - started
    if run.state != "success":
        raise RuntimeError(why_failed(airflow.api, run, airflow.root / "state" / "logs"))
    path = f"/dags/{dag_id}/dagRuns/{quote(run.run_id)}/taskInstances?limit=1"
    return Cost(wall=wall, cpu=_cpu(airflow) - before - at_rest * wall, tasks=airflow.api.get(path)["total_entries"])


def _cpu_at_rest(airflow: whole.Deployment, dag_id: str) -> float:
    """What Airflow's services take a second while nothing runs and somebody asks for the runs of a DAG."""
    before, started = _cpu(airflow), time.monotonic()
    while time.monotonic() < started + _REST_SECONDS:
        airflow.api.runs(dag_id)
        time.sleep(whole.ASKED_EVERY_SECONDS)
    return (_cpu(airflow) - before) / (time.monotonic() - started)


def _cpu(airflow: whole.Deployment) -> float:
    """CPU seconds so far of all of Airflow, and of all that it has started; the warehouse is not among them."""
    launcher, total = psutil.Process(airflow.services.mark.pid), 0.0
    for process in (launcher, *launcher.children(recursive=True)):
        with suppress(psutil.Error):
            total += sum(process.cpu_times()[:4])
    return total


def parse_seconds(models: int, cosmos: str) -> dict[str, float]:
    """CPU seconds in which a process that has all imported reads the DAG file once."""
    with tempfile.TemporaryDirectory(prefix="bench-dbt-parse-") as made:
        root = Path(made)
        write_models(root / "dbt" / NAME, models)
        (root / "dag_configs").mkdir()
        (root / "dag_configs" / f"{NAME}.yaml").write_text(json.dumps({"dbt": {"project": f"dbt/{NAME}"}}), "utf-8")
        profile = profile_text(NAME, "prod", Login(host="x", port=1, user="x", password="x", database="x"))
        (root / "dbt" / NAME / "profiles.yml").write_text(profile, "utf-8")
        variables = environment(Login(host="x", port=1, user="x", password="x", database="x"), SCHEMA, "x", os.environ)
        subprocess.run(
            [DBT, "parse", "--profiles-dir", "."],
            cwd=root / "dbt" / NAME,
            env=variables,
            check=True,
            capture_output=True,
        )
        (root / "cosmos_dags.py").write_text(_cosmos_dags(root), "utf-8")
        found = {"our DAG": _timed(sys.executable, root, _OURS)}
        if cosmos:
            found["cosmos, watcher"] = _timed(cosmos, root, _COSMOS)
        return found


_OURS: Final = """
from summary_tables.airflow.dag import dags_to_parse
from operator import attrgetter
from pathlib import Path
def parse(): assert len(dags_to_parse(Path({root!r}, "dag_configs"))) == 1
"""
_COSMOS: Final = """
from runpy import run_path
import cosmos
def parse(): run_path({root!r} + "/cosmos_dags.py")
"""
_TIMED: Final = """
from time import process_time
parse()
taken = []
for _ in range({parses}):
    begin = process_time()
    parse()
    taken.append(process_time() - begin)
print(min(taken))
"""


def _timed(python: str, root: Path, setup: str) -> float:
    program = setup.format(root=str(root)) + _TIMED.format(parses=_PARSES)
    home = {"AIRFLOW_HOME": str(root / "airflow"), "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "False", "DO_NOT_TRACK": "1"}
    path = os.pathsep.join((str(REPOSITORY / "plugins"), str(REPOSITORY)))
    done = subprocess.run(
        [python, "-c", program], env=merged_with_callers({**home, "PYTHONPATH": path}), capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return float(done.stdout.split()[-1])


def _cosmos_dags(root: Path) -> str:
    """
    As its documentation writes them: the manifest, tests behind each model, dbt in an environment of its own.

    Without assets: it makes their addresses of the warehouse's host, which is a folder here, and Airflow refuses those.
    """
    modes = ", ".join(f"ExecutionMode.{mode.upper()}" for mode in COSMOS_MODES.values())
    return f"""
from airflow.sdk import DAG
from cosmos import DbtDag, ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import ExecutionMode, LoadMode, TestBehavior

project = {str(root / "dbt" / NAME)!r}
profile = ProfileConfig(profile_name={NAME!r}, target_name="prod", profiles_yml_filepath=project + "/profiles.yml")
for mode in ({modes}):
    dag = DbtDag(
        dag_id=f"cosmos_{{mode.value}}",
        schedule=None,
        project_config=ProjectConfig(project, manifest_path=project + "/target/manifest.json"),
        profile_config=profile,
        execution_config=ExecutionConfig(execution_mode=mode, dbt_executable_path={str(DBT)!r}),
        render_config=RenderConfig(
            load_method=LoadMode.DBT_MANIFEST, test_behavior=TestBehavior.AFTER_EACH, emit_datasets=False
        ),
        operator_args={{"install_deps": False}},
        default_args={{"retries": 0}},
    )
    globals()[dag.dag_id] = dag
"""


def report(found: dict[str, list[Cost]], parsed: dict[str, float], models: int) -> str:
    """A table in Markdown; the best of the rounds, and each beside `dbt build` alone."""
    base = _best(found["dbt build"])
    lines = [
        f"{models} models, {2 * models} tests; seconds, and how often those of `dbt build`",
        "",
        "| | tasks | by the clock | CPU | CPU of reading the DAG file |",
        "| --- | --- | --- | --- | --- |",
    ]
    for title, costs in found.items():
        best = _best(costs)
        read = f"{parsed[title] * 1000:,.0f} ms" if title in parsed else ""
        wall, cpu = (_times(best.wall, base.wall), _times(best.cpu, base.cpu))
        lines.append(f"| {title} | {best.tasks or ''} | {wall} | {cpu} | {read} |")
    return "\n".join(lines)


def _best(costs: Sequence[Cost]) -> Cost:
    return min(costs, key=attrgetter("cpu"))


def _times(seconds: float, base: float) -> str:
    return f"{seconds:,.1f} s ({seconds / base:.2f}x)"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dbt_dags", description=__doc__)
    parser.add_argument("--models", type=int, default=100, help="of the project (default: 100)")
    parser.add_argument("--rounds", type=int, default=2, help="of each (default: 2)")
    parser.add_argument("--cosmos", default="", metavar="PYTHON", help="of an environment that has astronomer-cosmos")
    parser.add_argument("--modes", nargs="*", default=list(COSMOS_MODES), choices=list(COSMOS_MODES), help="(all)")
    chosen = parser.parse_args(arguments)
    if not shutil.which(DBT):
        raise SystemExit("make dbt_environment/.venv/.complete")
    # Not resolved: the environment's python is a link to one that has no cosmos.
    cosmos = chosen.cosmos and str(Path(chosen.cosmos).absolute())
    parsed = parse_seconds(chosen.models, cosmos)
    print(report(measure(chosen.models, chosen.rounds, cosmos, chosen.modes), parsed, chosen.models))


if __name__ == "__main__":
    main()
