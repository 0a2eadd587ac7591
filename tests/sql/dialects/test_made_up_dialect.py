"""A dialect is its folder, its name in the registry and in the schema: nothing else has to know of it.

A made-up one, whose parts are partly its own, renders every statement, and lint reads a file of its.
"""

import inspect
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from summary_tables.checks import CheckName, CheckResult
from summary_tables.configs.folder import read_folder
from summary_tables.lint.engine import lint
from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.column import Column
from summary_tables.model.incident import Incident, Message, Place
from summary_tables.model.logs import BUILD_LOG
from summary_tables.model.notice import Notice
from summary_tables.model.table import Attributes, Index, Limits, SummaryTable
from summary_tables.model.watched_file import WatchedFile
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects import registry
from summary_tables.sql.statements.comparing import ComparedAs, ComparedColumn, Comparison
from summary_tables.sql.statements.rights import Right
from summary_tables.sql.statements.statements import Statements
from tests.configs.schema.changed_schema import changed_schema
from tests.sql.dialects import made_up

_AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
_COLUMN = Column(name="cup", type="text")
_COMPARED = ComparedColumn(before="cup", after="cup", compared_as=ComparedAs(kind="whole"))
_GIVEN = {
    "bool": True,
    "int": 20,
    "float": 1.5,
    "str": "cup",
    "timedelta": timedelta(days=3),
    "datetime": _AT,
    "Attributes": Attributes(diststyle="even"),
    "Index": Index(columns=("cup",)),
    "Limits": Limits(timeout_minutes=1),
    "LogTable": replace(BUILD_LOG, columns={"cup": "How full it is."}),
    "Right": Right(column="", privilege="SELECT", role="cup", may_grant=False),
    "SummaryTable": SummaryTable(table="cup", schema="tea", main_sql=""),
    "BuildRun": BuildRun(run_id="cup", try_number=1, run_at=_AT),
    "CheckRun": CheckRun(
        step="output_check",
        position=1,
        name=CheckName(label="cup", key="cup"),
        severity="error",
        result=CheckResult(passed=True, expected="", actual=""),
        seconds=1,
    ),
    "Column": _COLUMN,
    "Sequence[Column]": (_COLUMN,),
    "Sequence[int]": (20,),
    "Sequence[str]": ("cup",),
    "Sequence[str | None]": ("1",) * 21,
    "Sequence[Sequence[str | None]]": (("1", None),),
    "Sequence[summary_tables.model.logs.LogTable]": (replace(BUILD_LOG, columns={"cup": "How full it is."}),),
    "Comparison": Comparison(before="cup", after="pot", key=(_COMPARED,), columns=(_COMPARED,) * 21),
    "Sequence[datetime]": (_AT,),
    "Sequence[tuple[int, int]]": ((20, -1),),
    "Sequence[tuple[str, str, str | None]]": (("cup", "text", None),),
    "Sequence[tuple[str, str]]": (("cup", "cup"),),
    "Mapping[str, str]": {"cup": "text"},
    "Strategy": "append",
    "Sequence[summary_tables.model.watched_file.WatchedFile]": (
        WatchedFile(file="cup.yaml", digest="1", known_at=_AT),
    ),
    "Incident": Incident(
        incident_id="1", schema="tea", table="cup", kind="failed", about="build", opened_at=_AT, seen_at=_AT
    ),
    "Message": Message(
        message_id="1",
        kind="first",
        schema="tea",
        table="cup",
        place=Place(conn_id="pot"),
        notice=Notice(sign="!", headline="Empty", words="Empty."),
        recorded_at=_AT,
    ),
}


@pytest.fixture(autouse=True)
def teapot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    folder = ModuleType("summary_tables.sql.dialects.teapot.dialect")
    folder.DIALECT = made_up.DIALECT  # type: ignore[attr-defined]  # a module has what is put into it
    monkeypatch.setitem(sys.modules, folder.__name__, folder)
    monkeypatch.setattr(registry, "NAMES", (*registry.NAMES, "teapot"))

    def add(schema: dict[str, Any]) -> None:
        schema["properties"]["warehouse"]["properties"]["dialect"]["enum"].append("teapot")

    (tmp_path / "schema").mkdir()
    with changed_schema("defaults", add, tmp_path / "schema"):
        yield
    registry.dialect_of.cache_clear()


def rendered(sql: Statements) -> dict[str, object]:
    """What each method of each part gives, called with something that its protocol allows."""
    found: dict[str, object] = {}
    for field, part in ((field.name, getattr(sql, field.name)) for field in fields(sql)):
        for name, method in inspect.getmembers(_protocol(field), inspect.isfunction) if part is not None else ():
            if not name.startswith("_"):
                asked = [each for each in inspect.signature(method).parameters.values() if each.name != "self"]
                values = {each.name: _value(each.annotation) for each in asked}
                found[f"{field}.{name}"] = getattr(part, name)(**values)
    return found


def _protocol(field: str) -> Any:
    hint = get_type_hints(Statements)[field]
    return next((each for each in get_args(hint) if each is not type(None)), hint)


def _value(written: Any) -> object:
    text = written.__name__ if isinstance(written, type) and not get_args(written) else str(written)
    for prefix in (
        "collections.abc.",
        "datetime.",
        "summary_tables.model.column.",
        "summary_tables.sql.statements.comparing.",
        "typing.",
    ):
        text = text.replace(prefix, "")
    text = text.removesuffix(" | None")
    if text.startswith("tuple["):
        return ("cup",)
    return _GIVEN["Strategy" if text.startswith("Literal[") else text]


def test_every_statement_is_rendered() -> None:
    found = rendered(made_up.DIALECT.statements("pot"))
    assert found["versions.create_version"] == "BREW pot.cup EVEN FROM\ncup"
    assert found["locks.lock_table"] == "GUARD cup.cup"
    assert found["views.drop_view"] == 'DROP VIEW "cup"."cup"'
    parts = {name.partition(".")[0] for name in found}
    every = {field.name for field in fields(Statements)}
    assert parts == every - {"filling", "copying", "comparing", "indexes", "retyping", "migration"}
    assert all(isinstance(each, str | tuple) and each != "" for each in found.values())


@pytest.mark.parametrize("name", registry.NAMES)
def test_every_statement_of_the_others_is_rendered(name: str) -> None:
    assert all(isinstance(each, str | tuple) for each in rendered(registry.dialect_of(name).statements("pot")).values())


def problems(folder: Path, main_sql: str, rest: str = "") -> list[str]:
    configs = folder / "dag_configs"
    configs.mkdir(exist_ok=True)
    (configs / "defaults.yaml").write_text("warehouse: {dialect: teapot}\nowner: me\n", "utf-8")
    sql = "".join(f"  {line}\n" for line in main_sql.splitlines())
    text = f"table: cups\nschema: tea\ndescription: Cups.\nmain_sql: |\n{sql}{rest}"
    (configs / "cups.yaml").write_text(text, "utf-8")
    return [
        f"{problem.rule}: {problem.message}; {problem.fix}"
        for problem in lint([configs]).problems
        if problem.level != "info"
    ]


def test_lint_reads_a_file_of_it(tmp_path: Path) -> None:
    """What PostgreSQL does not know is read, and no rule of another warehouse speaks."""
    assert problems(tmp_path, "SELECT a, COUNT(1) AS n FROM raw.pots BREWED a > '\\'' GROUP BY a HAVING n > 1") == []
    (file,) = read_folder(tmp_path / "dag_configs").files
    assert [(read.schema, read.name) for read in file.tables_read(file.main_query)] == [("raw", "pots")]
    assert file.dialect is made_up.DIALECT


@pytest.mark.parametrize(
    ("main_sql", "rest", "said"),
    [
        (
            "SELECT COALESCE(a, b) AS c FROM raw.pots",
            "",
            "redshift-unsupported: Teapot has no function `COALESCE`; write `POUR(a, b)`",
        ),
        (
            "SELECT IFNULL(a, b) AS c FROM raw.pots",
            "",
            "foreign-function: Teapot has no function `IFNULL` of its own; write `POUR(a, b)`",
        ),
        (
            "SELECT boil_over(a) AS c FROM raw.pots",
            "",
            "outside-effect: `boil_over` wets other sessions, and a query may only read; ",
        ),
        (
            "SELECT a AS a_name_of_many_letters FROM raw.pots",
            "",
            "long-name: this name has 22 bytes, and the warehouse cuts it to 20: `a_name_of_many_lette`; "
            "choose a shorter one, here and everywhere else in this file",
        ),
        (
            "SELECT COUNT(a) / COUNT(b) AS c FROM raw.pots",
            "",
            "whole-division: both sides are whole numbers, so what is behind the point is cut off: 2 / 3 is 0; "
            "write `::sip` behind what stands right of `/`",
        ),
        (
            "SELECT a FROM raw.pots",
            "attributes: {fillfactor: 90}\n",
            "layout: `fillfactor` is for PostgreSQL; the warehouse here is teapot (defaults.yaml); delete it",
        ),
        (
            "SELECT TOP 5 a FROM raw.pots",
            "",
            "sql-syntax: Teapot has no TOP; delete it and write `LIMIT 5` at the end",
        ),
    ],
)
def test_rules_speak_of_it(main_sql: str, rest: str, said: str, tmp_path: Path) -> None:
    assert said in problems(tmp_path, main_sql, rest)


def test_layout_of_several_warehouses(tmp_path: Path) -> None:
    """Two of the three know `diststyle` now."""
    assert problems(tmp_path, "SELECT a FROM raw.pots", "attributes: {diststyle: even}\n") == []
    assert registry.owners("diststyle") == "Redshift and Teapot"


def test_each_dialect_is_called_as_its_folder() -> None:
    assert [dialect.name for dialect in registry.every_dialect()] == list(registry.NAMES)
    assert all(isinstance(dialect, Dialect) for dialect in registry.every_dialect())
