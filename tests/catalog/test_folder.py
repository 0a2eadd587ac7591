"""What the catalogue takes from a folder of configs."""

from pathlib import Path

from summary_tables.catalog.entry import Declaration, Neighbours
from summary_tables.catalog.folder import declarations, folder_problems
from summary_tables.configs.folder import read_folder
from summary_tables.lint.build_check import check_folder
from summary_tables.lint.engine import lint
from summary_tables.lint.facts.lineage import lineage
from tests.dbt.made_project import give_project

_FILES = {
    "defaults.yaml": "owner: growth\nownr: x\n",
    "mau.yaml": "table: mau\nschema: analytics\nmain_sql: SELECT a FROM raw.events\n",
    "nps.yaml": "table: nps\nschema: analytics\nschedule: {after: [analytics.mau]}\nmain_sql: SELECT a FROM raw.nps\n",
    "wrong_key.yaml": "table: wrong_key\nschema: sales\nmain_sq: SELECT 1 AS a\n",
    "wrong_yaml.yaml": "table: wrong_yaml\nschema: [sales\n",
    "wrong_sql.yaml": "table: wrong_sql\nschema: sales\nowner: a\nmain_sql: SELECT 1 AS a; DELETE FROM sales.x\n",
}


def _read(folder: Path) -> tuple[dict[str, Declaration], list[str]]:
    for name, text in _FILES.items():
        (folder / name).write_text(text, "utf-8")
    found, problems = read_folder(folder), check_folder(folder).problems
    return (
        dict(declarations(found, problems, lineage(found))),
        [problem.rule for problem in folder_problems(found, problems)],
    )


def test_every_file_is_there_under_the_name_of_its_table(tmp_path: Path) -> None:
    found, _ = _read(tmp_path)
    broken = {name: (each.config is None, each.is_broken) for name, each in found.items()}
    assert broken == {
        "analytics.mau": (False, False),
        "analytics.nps": (False, False),
        "sales.wrong_key": (True, True),
        "sales.wrong_sql": (False, True),
        "wrong_yaml": (True, True),
    }


def test_neighbours_are_those_of_queries_and_schedules(tmp_path: Path) -> None:
    found, _ = _read(tmp_path)
    assert found["analytics.nps"].neighbours == Neighbours(reads=("raw.nps", "analytics.mau"))
    assert found["analytics.mau"].neighbours == Neighbours(reads=("raw.events",), read_by=("analytics.nps",))


def test_each_has_its_own_problems_and_the_folder_the_others(tmp_path: Path) -> None:
    found, others = _read(tmp_path)
    assert {name: [problem.rule for problem in each.problems] for name, each in found.items() if each.problems} == {
        "sales.wrong_key": ["unknown-key"],
        "sales.wrong_sql": ["select-only"],
        "wrong_yaml": ["yaml"],
    }
    assert others == ["unknown-key"]


def test_what_is_doubtful_of_a_dbt_project_is_for_its_author(tmp_path: Path) -> None:
    """Its page says that nobody knows what it builds; that there is no project is wrong for everybody."""
    give_project(tmp_path, [])
    (tmp_path / "dbt" / "shop" / "target" / "manifest.json").unlink()
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / "shop.yaml").write_text("dbt: {project: dbt/shop}\n")
    (folder / "other.yaml").write_text("dbt: {project: dbt/none}\n")
    problems = lint([folder]).problems
    assert {problem.rule for problem in problems} == {"dbt-manifest", "dbt-project"}
    assert [problem.rule for problem in folder_problems(read_folder(folder), problems)] == ["dbt-project"]
