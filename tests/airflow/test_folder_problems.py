"""What Airflow's UI is told of the folder, with a memory of what was good and without: the same."""

import gc
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk import DAG
from airflow.serialization.serialized_objects import DagSerialization
from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.airflow import dag as dag_module
from summary_tables.airflow import parse_time, remembered
from summary_tables.airflow.dag import build_folder, dags_to_parse
from summary_tables.airflow.folder_problems import folder_problems
from summary_tables.airflow.parse_time import Limits, ParseTime, Stopwatch, not_cut_off, too_slow
from summary_tables.configs.config import Config
from tests.conftest import REPOSITORY

GOOD = "table: {name}\nschema: analytics\nmain_sql: SELECT 1 AS one\n"
NAMES = ("a", "b", "c")
CONTENTS = (
    None,
    GOOD,
    GOOD + "description: other\n",
    GOOD + "schedule: {{after: [analytics.a]}}\n",
    GOOD + "schedule: {{after: [analytics.b]}}\n",
    GOOD + 'schedule: "61 * * * *"\n',
    GOOD + "ouput_check: []\n",
    GOOD.replace("{name}", "d"),
    GOOD.replace("SELECT", "DELETE"),
    GOOD[:30],
    "",
)
DEFAULTS = (
    None,
    "owner: growth\n",
    "retries: many\n",
    "warehouse: {versions_schema: analytics}\n",
    "schedule: hourly\n",
)

edits = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(CONTENTS)),
        st.tuples(st.just("defaults"), st.sampled_from(DEFAULTS)),
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "known"
    monkeypatch.setenv(remembered.VARIABLE, str(place))
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    for name in NAMES:
        (found / f"{name}.yaml").write_text(GOOD.format(name=name))
    return found


@settings(max_examples=12)
@given(rounds=st.lists(edits, min_size=1, max_size=4))
def test_whatever_is_edited_a_memory_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, str | None]]]
) -> None:
    root = tmp_path_factory.mktemp("edited")
    folder = root / "dag_configs"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(remembered.VARIABLE, str(root / "known"))
        for name in NAMES:
            (folder / f"{name}.yaml").write_text(GOOD.format(name=name))
        for changed in [[], *rounds]:
            for name, content in changed:
                path = folder / f"{name}.yaml"
                if content is None:
                    path.unlink(missing_ok=True)
                else:
                    path.write_text(content.format(name=name) if name != "defaults" else content)
            without = build_folder(folder)
            # The problems are asked before the generator has seen the edit, and after it.
            assert sorted(folder_problems(folder)) == sorted(without.problems)
            assert described(dags_to_parse(folder)) == described(without.dags)
            assert sorted(folder_problems(folder)) == sorted(without.problems)


def described(dags: Mapping[str, DAG]) -> dict[str, Any]:
    return {dag_id: DagSerialization.to_dict(dag) for dag_id, dag in dags.items()}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tables whose DAGs are built."""
    names = list[str]()
    build = dag_module.build_dag

    def noted(config: Config, *inlets: Any) -> object:
        names.append(config.table.table)
        return build(config, *inlets)

    monkeypatch.setattr(dag_module, "build_dag", noted)
    return names


@pytest.mark.usefixtures("memory")
def test_a_dag_that_airflow_is_known_to_accept_is_not_built_for_its_problems(folder: Path, built: list[str]) -> None:
    assert folder_problems(folder) == ()
    assert built == ["a", "b", "c"]
    dags_to_parse(folder)
    built.clear()
    (folder / "b.yaml").write_text(GOOD.format(name="b") + "description: new\n")
    (folder / "c.yaml").write_text(GOOD.format(name="c") + "ouput_check: []\n")
    assert len(folder_problems(folder)) == 1
    assert built == ["b"]


@pytest.mark.usefixtures("memory")
def test_what_airflow_accepts_no_longer_is_told_once_the_generator_has_met_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dags_to_parse(folder)

    def refusing(_: object) -> None:
        raise ValueError("not today")

    monkeypatch.setattr(DAG, "validate", refusing)
    assert dags_to_parse(folder) == {}
    assert [problem.message for problem in folder_problems(folder)] == [
        f"Airflow does not accept the DAG of analytics.{name}: not today" for name in NAMES
    ]


@pytest.mark.usefixtures("memory")
def test_a_site_with_policies_is_asked_each_time(
    folder: Path, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from summary_tables.airflow import folder_problems as problems_module

    dags_to_parse(folder)
    built.clear()
    for module in (dag_module, problems_module):
        monkeypatch.setattr(module, "site_has_policies", lambda: True)
    assert folder_problems(folder) == ()
    assert sorted(built) == sorted(NAMES * 2)


def test_nothing_that_checks_or_builds_is_loaded_as_long_as_nothing_changes(memory: Path, folder: Path) -> None:
    dags_to_parse(folder)
    code = (
        "import sys; from pathlib import Path\n"
        "from summary_tables.airflow.folder_problems import folder_problems\n"
        f"assert folder_problems(Path({str(folder)!r})) == ()\n"
        "heavy = {'dagfactory', 'summary_tables.lint', 'summary_tables.configs.schema.check'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=REPOSITORY / "plugins"
    )
    assert (done.stdout.splitlines()[-1:], done.returncode) == (["[]"], 0), done.stderr
    assert memory.is_dir()


def test_airflows_import_time_out_stands_still_while_the_folder_is_read() -> None:
    """As `PythonDagImporter` sets it."""

    def ring(*_: object) -> None:
        raise TimeoutError("cut off")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, 60)
        with not_cut_off():
            assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 60
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_python_collects_again_after_the_folder_was_read(folder: Path) -> None:
    dags_to_parse(folder)
    assert gc.isenabled()
    folder_problems(folder)
    assert gc.isenabled()


ADVICE = (
    "set AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT={wanted} and "
    "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD={thrice} where the DAG processor runs (they are 50 and 90 there), "
    "and start that again"
)


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (ParseTime(), None),
        (ParseTime(files=1000, seconds=25), None),
        (ParseTime(files=1000, seconds=3, started=960), None),
        (
            ParseTime(files=5000, seconds=41),
            (
                "reading 5,000 files takes Airflow 41 seconds; it stops after 50, and then hides tables that it has "
                "not read for 90",
                ADVICE.format(wanted=180, thrice=540),
            ),
        ),
        (
            ParseTime(files=5000, seconds=41, started=940),
            (
                "Airflow has stopped reading 5,000 files after 50 seconds, before it was done; it hides tables "
                "that it has not read for 90",
                ADVICE.format(wanted=300, thrice=900),
            ),
        ),
        (
            ParseTime(started=999, was_stopped=True),
            (
                "Airflow has stopped reading the files after 50 seconds, before it was done; it hides tables "
                "that it has not read for 90",
                ADVICE.format(wanted=300, thrice=900),
            ),
        ),
    ],
)
def test_what_comes_near_airflows_limit_is_told(reading: ParseTime, said: tuple[str, str] | None) -> None:
    assert too_slow(reading, Limits(reading=50, hiding=90), now=1000) == said


@pytest.mark.usefixtures("memory")
def test_a_reading_that_never_ended_is_told_until_one_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def limit(seconds: float) -> None:
        monkeypatch.setattr(parse_time, "_limits", lambda: Limits(reading=seconds, hiding=90))

    limit(1000)
    found = remembered.memory_of(folder)
    parse_time.keep_start(found)
    assert folder_problems(folder) == ()
    limit(0)
    [problem] = folder_problems(folder)
    parse_time.keep_start(found)
    limit(1000)
    [still] = folder_problems(folder)
    assert "Airflow has stopped reading the files after 1000 seconds, before it was done" in str(still)
    parse_time.keep_end(found, {}, Stopwatch())
    assert folder_problems(folder) == ()
    assert str(problem) == (
        "dag_configs: warning[parse-time] Airflow has stopped reading the files after 0 seconds, before it was done; "
        "it hides tables that it has not read for 90; fix: set "
        "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT=60 and AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD=180 "
        "where the DAG processor runs (they are 0 and 90 there), and start that again"
    )


@pytest.mark.usefixtures("memory")
def test_what_airflow_takes_for_the_dags_is_counted_as_slowly_as_the_reading(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times as long as the process had a core, of which serializing will need half as much again."""
    monkeypatch.setattr(parse_time, "_limits", lambda: Limits(reading=50, hiding=90))
    monkeypatch.setattr(parse_time, "_serializing", lambda _: 5.0)
    monkeypatch.setattr(Stopwatch, "seconds", 30.0)
    monkeypatch.setattr(Stopwatch, "cpu_seconds", 10.0)
    reading = Stopwatch()
    parse_time.keep_end(remembered.memory_of(folder), {}, reading)
    [problem] = folder_problems(folder)
    assert problem.message.startswith("reading the files takes Airflow 45 seconds; it stops after 50, and then hides")


def test_what_is_wrong_in_a_known_source_is_no_error_of_airflow(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "broken.yaml").write_text("schema: [\n")
    (tmp_path / "a.yaml").write_text(GOOD.format(name="a"))
    assert folder_problems(tmp_path) == ()
    assert list(dags_to_parse(tmp_path)) == ["a"]
