"""A whole dbt project becomes configs: `tests/cases/dbt/shop`, compiled by dbt itself, once for all tests here.

What is printed and written stands in `tests/golden/import_dbt/`.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS
from summary_tables.commands.import_dbt import project
from summary_tables.commands.import_dbt.dbt_program import Compiled, compiled
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden

SHOP = REPOSITORY / "tests" / "cases" / "dbt" / "shop"
DBT = REPOSITORY / "dbt_environment" / ".venv" / "bin" / "dbt"


@pytest.fixture(scope="module")
def by_dbt() -> Compiled:
    found = compiled(str(DBT), SHOP, target="", schema="analytics")
    assert isinstance(found, Compiled), found
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_dbt: Compiled) -> Path:
    """An empty `dag_configs/` beside the project, which dbt has compiled already."""
    found = tmp_path / "dag_configs"
    found.mkdir()
    shutil.copy(REPOSITORY / "dag_configs" / "defaults.yaml", found)
    shutil.copytree(SHOP, tmp_path / "shop")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(project, "compiled", lambda *_, **__: by_dbt)
    return found


def written(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "defaults.yaml")
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def test_everything_that_is_printed_and_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["import", "shop", "--dbt", "dbt"])
    printed = capsys.readouterr()
    files = "".join(f"--- dag_configs/{name}\n{text}" for name, text in written(folder).items())
    assert_golden("import_dbt/shop.txt", f"{printed.out}{printed.err}exit {code}\n{files}")
    assert cli.main(["lint", str(folder), "--format", "concise"]) == OK
    assert " error[" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("views", "figures"),
    [
        ("table", "22 models: 12 taken over whole, 10 with a remark, 0 not at all; 2 of them as a part of"),
        (
            "keep",
            "22 models: 12 taken over whole, 3 with a remark, 0 not at all; 2 of them as a part of the queries"
            " that read them; 7 views left as they are.",
        ),
    ],
)
def test_views_may_be_tables_or_stay(
    folder: Path, capsys: pytest.CaptureFixture[str], views: str, figures: str
) -> None:
    assert cli.main(["import", "shop", "--dbt", "dbt", "--views", views]) == OK
    assert figures in capsys.readouterr().out
    query = (folder / "refund_rates.yaml").read_text("utf-8")
    assert "from shop.stg_orders as orders" in query
    assert ("after: [shop.stg_orders, shop.stg_refunds]" in query) is (views == "table")
    assert (folder / "stg_orders.yaml").exists() is (views == "table")


def test_raw_sql_is_understood_as_dbt_compiles_it(folder: Path, by_dbt: Compiled) -> None:
    """Without dbt: the same queries, but for blanks. Only tests whose SQL is a macro need dbt."""
    assert cli.main(["import", "shop", "--dbt", "dbt"]) == OK
    compiled_files = written(folder)
    for name in compiled_files:
        (folder / name).unlink()
    models = tuple(replace(model, compiled_code="") for model in by_dbt.manifest.models)
    tests = tuple(replace(test, compiled_code="") for test in by_dbt.manifest.tests)
    raw = replace(by_dbt, manifest=replace(by_dbt.manifest, models=models, tests=tests), increments={}, refused={})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "compiled", lambda *_, **__: raw)
        assert cli.main(["import", "shop", "--dbt", "dbt"]) == OK
    raw_files = written(folder)
    assert raw_files.keys() == compiled_files.keys()
    for name in compiled_files:
        assert query_of(raw_files[name]) == query_of(compiled_files[name]), name


def query_of(text: str) -> str:
    return re.sub(
        r"\s+", " ", text.partition("main_sql: |")[2].partition("\n\ncolumns:")[0].partition("\ninput_check")[0]
    )


def test_nothing_is_overwritten_without_force(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "orders.yaml").write_text("mine")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "countries.csv").write_text("mine")
    assert cli.main(["import", "shop", "--dbt", "dbt"]) == PROBLEMS
    said = capsys.readouterr().out
    for name in ("dag_configs/orders.yaml", "seeds/countries.csv"):
        assert (
            f"{name}: error[import] the file exists and was left as it is; fix: delete it first, or say --force" in said
        )
    assert written(folder)["orders.yaml"] == "mine"
    assert written(folder)["seeds/countries.csv"] == "mine"
    assert cli.main(["import", "shop", "--dbt", "dbt", "--force"]) == OK
    assert "mine" not in written(folder).values()


def test_stdout_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "shop", "--dbt", "dbt", "--stdout"]) == OK
    printed = capsys.readouterr()
    assert printed.out.count("\n---\n") == 16
    assert "22 models: " in printed.err
    assert written(folder) == {}


def test_a_schedule_of_ones_own(folder: Path) -> None:
    assert cli.main(["import", "shop", "--dbt", "dbt", "--schedule", "30 4 * * *"]) == OK
    assert 'schedule: "30 4 * * *"\n' in (folder / "refund_rates.yaml").read_text("utf-8")
    assert "schedule:\n  after: [shop.product_sales]\n" in (folder / "category_sales.yaml").read_text("utf-8")
