"""From a wheel and an empty repository to a table that people read, and on to the next version."""

import subprocess
from pathlib import Path

import pytest

from demo.rest_client import Run
from tests.end_to_end.deployment import Deployment, deployed, ground
from tests.end_to_end.installation import Installation, make_installation
from tests.wheels import copy_of_sources, wheel

pytestmark = [pytest.mark.end_to_end, pytest.mark.timeout(3600)]

BEFORE, VERSIONS = "0.0.9", "SELECT version_name, published_at FROM summary_tables.build_log ORDER BY 1"
GROWTH = "table: growth\nschema: analytics\nschedule: none\nmain_sql: SELECT number FROM analytics.first_table\n"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of an earlier version, with a DAG file that has other words."""
    sources = copy_of_sources(tmp_path_factory.mktemp("before"))
    project = sources / "pyproject.toml"
    text = project.read_text("utf-8")
    version = next(line for line in text.splitlines() if line.startswith("version = "))
    project.write_text(text.replace(version, f'version = "{BEFORE}"'), "utf-8")
    with (sources / "dags" / "config_problems.py").open("a") as file:
        file.write("# As it was before.\n")
    return wheel(sources)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this version."""
    return wheel(copy_of_sources(tmp_path_factory.mktemp("after")))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty one."""
    root = tmp_path / "tables"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch", "main")
    return root


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", ".airflowignore", ".github", ".summary-tables.json", ".vscode", "dag_configs", "dags", "schemas")
    git(root, "commit", "--quiet", "--message", "Tables")


def test_installed_published_and_upgraded(tmp_path: Path, repository: Path, before: Path, after: Path) -> None:
    installed = make_installation(tmp_path / "environment")
    installed.install(before, "airflow,postgres")
    assert installed.run("--version", cwd=tmp_path) == f"summary-tables {BEFORE}\n"
    assert installed.run("init", cwd=repository).startswith("Wrote 19 files:\n")
    assert installed.run("lint", "--strict", cwd=repository / "dags") == "2 files are fine.\n"
    commit(repository)
    with ground(repository, installed.python) as airflow:
        publish_by_command(airflow)
        (first,) = airflow.query(VERSIONS)
    assert_pull_request_is_served(installed, repository)

    git(repository, "checkout", "--quiet", "main")
    configs = {path.name: path.read_bytes() for path in (repository / "dag_configs").iterdir()}
    installed.install(after, "airflow,postgres")
    assert installed.run("init", cwd=repository) == (
        "Updated 2 files:\n  .github/requirements.txt\n  dags/config_problems.py\n"
    )
    assert {path.name: path.read_bytes() for path in (repository / "dag_configs").iterdir()} == configs
    with deployed(repository, installed.python) as airflow:
        assert airflow.query("SELECT count(*), sum(number) FROM analytics.first_table") == [(7, 7)]
        assert airflow.query(VERSIONS) == [first]
        run_ids = run_ids_of_first_table(airflow)
        again = publish_first_table(airflow)
        assert len(run_ids) == 1
        assert run_ids_of_first_table(airflow) == {*run_ids, again.run_id}
        assert len(airflow.query(VERSIONS)) == 2


def publish_by_command(airflow: Deployment) -> None:
    """As somebody does who tries a table before there are services."""
    airflow.services.finish("db-migrate")
    airflow.services.run("first run", ["dags", "test", "first_table"])
    airflow.services.finish("first run")
    assert airflow.query("SELECT count(*), sum(number) FROM analytics.first_table") == [(7, 7)]


def publish_first_table(airflow: Deployment) -> Run:
    """Starts the DAG by hand, as the file says, and looks at the table as a reader does."""
    airflow.ask_for_reading()
    airflow.has_dags("first_table")
    assert airflow.api.import_errors() == []
    assert [plugin["name"] for plugin in airflow.api.get("/plugins")["plugins"]].count("summary_tables") == 1
    run = airflow.run("first_table")
    assert run.state == "success"
    assert airflow.query("SELECT count(*), sum(number) FROM analytics.first_table") == [(7, 7)]
    return run


def run_ids_of_first_table(airflow: Deployment) -> set[str]:
    """Those that were never queued among them: the command runs them itself."""
    return {run["dag_run_id"] for run in airflow.api.get("/dags/first_table/dagRuns")["dag_runs"]}


def assert_pull_request_is_served(installed: Installation, repository: Path) -> None:
    """What the workflows call: lint, the tests in the files, and the comment."""
    git(repository, "checkout", "--quiet", "-b", "growth")
    path = repository / "dag_configs" / "growth.yaml"
    path.write_text(f"{GROWTH}ownr: growth\n")
    assert "dag_configs/growth.yaml:5:1: error[unknown-key]" in installed.run(
        "lint", "--format", "concise", cwd=repository, code=1
    )
    path.write_text(
        f"{GROWTH}tests:\n  - name: all of them\n    given:\n      analytics.first_table:\n        - {{number: 1}}\n"
        "    expect:\n      - {number: 1}\n"
    )
    assert "1 test passed" in installed.run("test", "dag_configs", cwd=repository)
    assert (installed.home / "cache" / "summary-tables" / "query_tests").is_dir()
    commit(repository)
    assert "analytics.growth" in installed.run("diff", "main", "--head", "HEAD", cwd=repository)
