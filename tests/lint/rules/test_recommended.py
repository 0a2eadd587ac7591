"""The same as `required`, as warnings."""

from pathlib import Path

from summary_tables.lint.rules import recommended
from tests.lint.rules.one_rule import config, said


def test_it_warns(tmp_path: Path) -> None:
    defaults = "require: [description]\nrecommend: [owner]\n"
    assert said(recommended.RULE, tmp_path, config("SELECT 1 AS a"), defaults=defaults) == [
        "0:0+0 warning: the file names no `owner` of its own, which `recommend` in defaults.yaml asks for; "
        "fix: add `owner:` and who answers for the table"
    ]
