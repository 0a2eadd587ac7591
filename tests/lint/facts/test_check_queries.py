"""Checks beside what their queries say."""

from pathlib import Path

from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.check_queries import CheckQuery, readable_checks
from summary_tables.model.problem import Place
from tests.lint.rules.one_rule import config

CHECKS = """\
input_check:
  - sql: SELECT COUNT(1) FORM raw_data.nps
    count: 1
  - name: second
    sql: SELECT COUNT(1) FROM raw_data.nps
    count: 20
output_check:
  - count: 3
    sql: |

      SELECT COUNT(1)
      FROM {schema}.temp_{table}
"""


def checks(folder: Path) -> list[CheckQuery]:
    (folder / "t.yaml").write_text(config("SELECT 1 AS one", CHECKS), "utf-8")
    (file,) = read_folder(folder).files
    return list(readable_checks(file))


def test_each_readable_query_is_with_its_own_check(tmp_path: Path) -> None:
    assert [(found.query.role, found.check.label()) for found in checks(tmp_path)] == [
        ("input_check", "second"),
        ("output_check", "at least 3 rows"),
    ]


def test_places_of_the_query_and_of_other_keys(tmp_path: Path) -> None:
    assert [(found.place, found.place_of("count")) for found in checks(tmp_path)] == [
        (Place(9, 10, 33), Place(10, 12, 2)),
        (Place(15, 7, 15), Place(12, 12, 1)),
    ]
