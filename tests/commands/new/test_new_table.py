"""What is offered for a new table comes from its folder; each answer is judged in lint's words."""

from pathlib import Path

import pytest

from summary_tables.commands.new.new_table import NewTable
from summary_tables.configs.folder import read_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, schema, owner in (("a", "sales", "growth"), ("b", "ops", "ops"), ("c", "ops", "growth")):
        sql = f"SELECT n AS n FROM raw_data.{name}"
        (tmp_path / f"{name}.yaml").write_text(f"table: {name}\nschema: {schema}\nowner: {owner}\nmain_sql: {sql}\n")
    return tmp_path


def test_offers_are_what_is_in_use(folder: Path) -> None:
    new = NewTable(folder=read_folder(folder))
    assert (new.schemas, new.owners) == (("ops", "sales"), ("growth", "ops"))
    assert (new.default_owner, new.default_schedule, new.known_source) == ("data", "", "raw_data.a")


def test_defaults_decide_where_there_are_some(folder: Path) -> None:
    (folder / "defaults.yaml").write_text("owner: ops\nowners: [sales, ops, growth]\nschedule: '@daily'\n")
    new = NewTable(folder=read_folder(folder))
    assert (new.owners, new.default_owner, new.default_schedule) == (("sales", "ops", "growth"), "ops", "@daily")


def test_nothing_is_offered_where_there_is_nothing(tmp_path: Path) -> None:
    new = NewTable(folder=read_folder(tmp_path))
    assert (new.schemas, new.owners, new.default_schedule, new.known_source) == ((), (), "", "")


UNKNOWN_OWNER = (
    "`no` is not among the owners in defaults.yaml; fix: write one of `ops` and `growth`, or add it to `owners` there"
)
UNKNOWN_TABLE = (
    "`after` names ops.bb, which no file here builds, so this table would never start; "
    "fix: name tables that have a file here; others need no waiting for"
)
NAME = "it must be lower-case letters, digits and _, and not begin with a digit"


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("table", "orders", ""),
        ("table", "a", "{folder}/a.yaml exists; fix: choose another name, or change that file"),
        ("table", "../a", f'`table` is "../a"; {NAME}; fix: write `a`'),
        ("table", "/etc/passwd", f'`table` is "/etc/passwd"; {NAME}; fix: write `etc_passwd`'),
        ("table", "n" * 1000, "`table` has 1000 characters; at most 63 are allowed; fix: shorten it"),
        ("table", "n" * 64, "`table` has 64 characters; at most 63 are allowed; fix: shorten it"),
        ("schema", "no such: schema", f'`schema` is "no such: schema"; {NAME}; fix: write `no_such__schema`'),
        ("schema", "ops", ""),
        ("owner", "grwth", "`grwth` is not among the owners in defaults.yaml; fix: write `owner: growth`"),
        ("owner", "no", UNKNOWN_OWNER),
        ("description", "하루의 NPS: “점수” # 🙂", ""),
        ("description", "half \udc80", "the answer is not UTF-8"),
        ("schedule", "0 3 * * *", ""),
        ("schedule", "none", ""),
        ("schedule", {"after": ("ops.b",)}, ""),
        ("schedule", {"after": ("ops.bb",)}, UNKNOWN_TABLE),
    ],
)
def test_answers(key: str, answer: object, said: str, folder: Path) -> None:
    (folder / "defaults.yaml").write_text("owner: ops\nowners: [ops, growth]\n")
    new = NewTable(folder=read_folder(folder))
    assert new.problem_of(key, answer) == said.replace("{folder}", folder.name)


def test_control_characters_are_refused(folder: Path) -> None:
    assert "U+0007" in NewTable(folder=read_folder(folder)).problem_of("description", "ring \x07")


def test_name_in_use_is_fine_where_the_file_is_to_be_replaced(folder: Path) -> None:
    assert NewTable(folder=read_folder(folder), may_replace=True).problem_of("table", "a") == ""
