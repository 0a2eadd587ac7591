"""dbt's unit tests of a model -> `tests`, where the query reads the tables for which they give rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from summary_tables.commands.import_dbt.exported import date_of_test, exported_keys, without_raw
from summary_tables.commands.import_dbt.inlined import Queries
from summary_tables.commands.import_dbt.plan import relation_name
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.dbt.records import Model, Rows, Source, UnitTest
from summary_tables.text.english import quoted
from summary_tables.text.moments import UTC_NAME

_INPUT: Final = re.compile(r"""\s*(?P<kind>ref|source)\(\s*(?P<names>[^)]*)\)\s*""")
_MOST_LETTERS: Final = 120
_OWN_TEST: Final = "write a test of the query here, with the `date` of its run"

Row = Mapping[str, Any]


class _NotTakenError(Exception):
    """Why a unit test stays behind, as the end of a sentence, and what to write."""

    def __init__(self, why: str, fix: str = "") -> None:
        super().__init__(why)
        self.why, self.fix = why, fix


def query_tests(model: Model, queries: Queries, remarks: Remarks) -> Iterator[Mapping[str, Any]]:
    """The unit tests of `model` that mean the same here; of the others it is said why they do not."""
    own = [test for test in queries.project.manifest.unit_tests if is_of(test, model)]
    for test in own:
        try:
            yield _test(test, model, queries)
        except _NotTakenError as reason:
            message = f"the unit test `{test.name}` of `{model.name}` was left behind: {reason.why}"
            remarks.add(model.unique_id, test.path, message, reason.fix)


def is_of(test: UnitTest, model: Model) -> bool:
    """Whether it is a test of that model."""
    return model.unique_id in test.depends_on or (test.model == model.name and test.package == model.package)


def _test(test: UnitTest, model: Model, queries: Queries) -> Mapping[str, Any]:
    is_exported = exported_keys(model) is not None
    overrides = [key for key, value in test.overrides.items() if value]
    if overrides and not is_exported:
        raise _NotTakenError(f"it overrides {quoted(overrides)}", _OWN_TEST)
    # A table that nobody gives rows is empty; the export names also those that dbt only has to know.
    inputs = (rows for rows in test.given if rows.rows or rows.sql or rows.fixture or not is_exported)
    listed = [_given(rows, model, queries) for rows in inputs]
    given = dict(listed)
    if len(given) < len(listed):
        raise _NotTakenError("it gives rows twice of what is one table here", "write one list of rows for it")
    name = without_raw(test.description).strip().split("\n")[0] or test.name.replace("_", " ")
    rows = {"given": given} if given else {}
    zone = str((exported_keys(model) or {}).get("timezone", UTC_NAME))
    date = {"date": found} if is_exported and (found := date_of_test(test, zone)) else {}
    types = {"types": found} if is_exported and (found := without_raw((exported_keys(test) or {}).get("types"))) else {}
    expected = _rows(test.expect, are_exact=is_exported)
    return {"name": name[:_MOST_LETTERS], **date, **rows, **types, "expect": list(expected)}


def _given(rows: Rows, model: Model, queries: Queries) -> tuple[str, Sequence[Row]]:
    node = _node(rows.input, model, queries)
    renames = queries.renames(node) if isinstance(node, Model) else None
    if renames and all(name.lower() in renames.columns for row in rows.rows for name in row) and rows.rows:
        return renames.table, [{renames.columns[name]: value for name, value in row.items()} for row in _rows(rows)]
    if queries.plan.fate(node.unique_id) == "inlined":
        why = f"it gives rows of `{node.name}`, which is a part of the query here"
        is_view = isinstance(node, Model) and node.materialized == "view"
        as_tables = ", or import with `--views table`" if is_view else ""
        raise _NotTakenError(why, f"give the rows that `{node.name}` reads{as_tables}")
    return relation_name(node), list(_rows(rows, are_exact=exported_keys(model) is not None))


def _node(written: str, model: Model, queries: Queries) -> Model | Source:
    found = _INPUT.fullmatch(written)
    names = re.findall(r"""["']([^"']+)["']""", found["names"]) if found else []
    manifest = queries.project.manifest
    if found is None or not names:
        # No query here asks its own table what it has: a run knows its dates.
        fix = _OWN_TEST if written.strip() == "this" else "write these rows here, below the name of their table"
        raise _NotTakenError(f"it gives rows of `{written}`", fix)
    if found["kind"] == "source":
        sources = (each for each in manifest.sources if [each.source, each.name] == names)
        node: Model | Source | None = next(sources, None)
    else:
        nodes = (each for each in manifest.nodes.values() if each.name == names[-1])
        node = next((each for each in nodes if each.unique_id in model.depends_on), None)
    if node is None:
        raise _NotTakenError(f"it gives rows of `{written}`, which the query does not read")
    return node


def _rows(rows: Rows, *, are_exact: bool = False) -> Iterator[Row]:
    """`are_exact`: names of columns are as the warehouse has them; dbt takes `Day` for `day`."""
    if rows.sql:
        raise _NotTakenError("its rows are SQL", "write them as rows")
    if rows.fixture:
        raise _NotTakenError(
            f"its rows stand in `{rows.fixture}`", "run `dbt parse`, which reads them, or write them here"
        )
    for row in rows.rows:
        yield {str(name) if are_exact else str(name).lower(): _value(value) for name, value in row.items()}


_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


def _value(value: object) -> object:
    """A cell of a CSV is text, or nothing where it is empty."""
    if isinstance(value, str):
        if not value:
            return None
        return (float(value) if "." in value else int(value)) if _NUMBER.fullmatch(value) and len(value) < 15 else value
    return value if isinstance(value, int | float | bool) or value is None else str(value)
