"""The line that tells editors which schema a file follows."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import modeline
from tests.lint.rules.one_rule import config, said

LINE = "# yaml-language-server: $schema=../schemas/summary_table.schema.json\n"
DEFAULTS = "# yaml-language-server: $schema=../schemas/defaults.schema.json\nowner: data\n"
TABLE = config("SELECT 1 AS one")


@pytest.mark.parametrize(
    "before",
    [LINE, "", f"# What this is\n\n{LINE}", LINE.replace("../schemas", "https://example.com/schemas")],
    ids=["first", "none", "after a comment", "elsewhere"],
)
def test_right_lines(before: str, tmp_path: Path) -> None:
    assert said(modeline.RULE, tmp_path, before + TABLE) == []


def test_it_is_missed_where_defaults_have_it(tmp_path: Path) -> None:
    assert said(modeline.RULE, tmp_path, LINE + TABLE, defaults=DEFAULTS) == []
    assert said(modeline.RULE, tmp_path, TABLE, defaults="owner: data\n") == []
    assert said(modeline.RULE, tmp_path, TABLE, defaults=DEFAULTS) == [
        "1:1+1 info: editors cannot help with this file: it does not name its schema, as defaults.yaml does; "
        f"fix: begin it with `{LINE.strip()}`"
    ]


def test_wrong_schema(tmp_path: Path) -> None:
    assert said(modeline.RULE, tmp_path, LINE.replace("summary_table.", "defaults.") + TABLE) == [
        "1:33+31 info: editors look for the schema of this file in ../schemas/defaults.schema.json; "
        "fix: write ../schemas/summary_table.schema.json"
    ]
    assert said(modeline.RULE, tmp_path, "# yaml-language-server: $schema=\n" + TABLE) == [
        "1:33+1 info: editors look for the schema of this file in no file; "
        "fix: write ../schemas/summary_table.schema.json"
    ]


def test_below_the_first_key(tmp_path: Path) -> None:
    first, _, rest = TABLE.partition("\n")
    assert said(modeline.RULE, tmp_path, f"{first}\n{LINE}{rest}") == [
        "2:1+68 info: editors read this line only above the first key; fix: move it to the top of the file"
    ]
