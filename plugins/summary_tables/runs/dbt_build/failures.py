"""What failed or warned in a run of a dbt project, as records of failures: in our words, with dbt's facts."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from summary_tables.dbt.error_text import cut, error_text
from summary_tables.dbt.node_outcome import Outcome
from summary_tables.dbt.project_folder import PROJECT_FILE
from summary_tables.dbt.records import Age, DataTest, Model, Source, UnitTest
from summary_tables.dbt.run_results import NodeResult, SourceAge
from summary_tables.model.failure import Failure
from summary_tables.runs.dbt_build.places import line_of_error, line_of_test, place_text
from summary_tables.runs.dbt_build.remedies import with_remedy
from summary_tables.text.english import counted, listed

_HOOK: Final = re.compile(r"^\S+\.on-run-(?:start|end)\.\d+ failed, error: ")

_NEVER_HOURS: Final = 24 * 366 * 1000
"""Of a source without rows dbt says that its newest is of the year 1."""

SampleRows = Callable[[str], str]
"""The first rows that a test's query gives, as a table of plain text; empty where they may not be shown."""


def failure_of(
    result: NodeResult, outcome: Outcome, project: Path, rows: SampleRows, *, shows_values: bool = True
) -> Failure:
    """A model that could not be built, or a test that did not hold. `shows_values`: of rows, in dbt's words."""
    test = outcome.test(result.unique_id)
    if isinstance(test, DataTest):
        return _data_test(result, test, outcome, project, rows, shows_values)
    if test:
        return _unit(result, test, outcome)
    if result.kind == "operation":
        return _hook(result, outcome, shows_values)
    return _model(result, outcome, project, shows_values)


def failure_of_source(age: SourceAge, source: Source) -> Failure:
    """A source whose newest row is too old, or of which that is not known."""
    limit = source.warn_after if age.has_warned else source.error_after
    if age.hours is None:
        facts: dict[str, Any] = {"error": error_text(age.message or "dbt could not ask for it.").words}
    else:
        facts = {"expected": f"at most {_age(limit)}", "actual": _hours(age.hours)}
    return Failure(
        step="source_freshness",
        table=source.relation.full_name,
        check=f"newest row at most {_age(limit)} old" if limit else "newest row",
        **facts,
        is_warning=age.has_warned,
        live="" if age.has_warned else "Nothing was built.",
        place=place_text(source.path, 0),
    )


def _model(result: NodeResult, outcome: Outcome, project: Path, shows_values: bool) -> Failure:
    model = outcome.model(result.unique_id)
    name = _table(model, result.unique_id)
    said = error_text(result.message, shows_values=shows_values and not (model and _is_personal(model)))
    # What is neither model, seed nor snapshot, such as a function, is known by what dbt says of it.
    path = model.path if model else said.file
    was_changed = f"{name} has some of its new rows." if result.status == "partial success" else ""
    return Failure(
        step="model",
        table=name,
        error=with_remedy(said.words),
        details=said.quoted,
        # Of a Python model it is dbt's, and a page of it.
        sql="" if path.endswith(".py") else result.compiled_code,
        live=f"{was_changed or f'{name} was not changed.'}{_not_built(result, outcome)}",
        place=place_text(path, line_of_error(project, path, result.message) or said.line),
    )


def _hook(result: NodeResult, outcome: Outcome, shows_values: bool) -> Failure:
    """A statement of `on-run-start` or `on-run-end` in the project's file."""
    hook = "on-run-end" if "on-run-end" in result.unique_id else "on-run-start"
    said = _HOOK.sub("", error_text(result.message, shows_values=shows_values).words)
    return Failure(
        step="dbt",
        table=f"{hook} of {outcome.manifest.project}",
        error=said,
        live="What was to be built was built all the same." if hook == "on-run-end" else "Nothing was built.",
        place=PROJECT_FILE,
    )


def _data_test(
    result: NodeResult, test: DataTest, outcome: Outcome, project: Path, rows: SampleRows, shows_values: bool
) -> Failure:
    model = outcome.model(test.model) if test.model else None
    source = outcome.manifest.sources_by_id.get(test.model)
    table = model.relation.full_name if model else source.relation.full_name if source else _looked_at(test, outcome)
    words = (source.name if source else model.name if model else "", test.column, test.kind)
    line = line_of_test(project, test.path, words) if test.kind else 0
    warns, shown = result.has_warned, may_show(test, outcome)
    return Failure(
        step="test",
        table=table,
        check=label_of(test),
        **_found(result, test, shows_values=shows_values and shown),
        sql=result.compiled_code,
        details=rows(result.compiled_code) if result.failures and shown else "",
        live="" if warns else _live_after_test(result, table, is_built=source is None, outcome=outcome),
        is_warning=warns,
        place=place_text(test.path, line),
    )


def _unit(result: NodeResult, test: UnitTest, outcome: Outcome) -> Failure:
    model = next((outcome.model(each) for each in test.depends_on if each.endswith(f".{test.model}")), None)
    table = model.relation.full_name if model else test.model
    said = error_text(result.message)
    differs = result.status == "fail"
    return Failure(
        step="unit_test",
        table=table,
        check=test.name,
        error="the query does not give the rows that the test expects." if differs else said.words,
        details=cut("\n".join(result.message.splitlines())) if differs else said.quoted,
        live=f"{table} was not changed.{_not_built(result, outcome, table)}",
        place=place_text(test.path, 0),
    )


def label_of(test: DataTest) -> str:
    """`not_null: order_id`, or the name of a test that is a query of its own."""
    if test.is_singular:
        return test.name
    kind = f"{test.namespace}.{test.kind}" if test.namespace else test.kind
    return f"{kind}: {test.column}" if test.column else kind


def may_show(test: DataTest, outcome: Outcome) -> bool:
    """No column that the test looks at is marked as personal; a query of its own looks at all of its tables."""
    tables = [test.model] if test.model and test.column else test.depends_on
    for unique_id in tables:
        found = outcome.model(unique_id) or outcome.manifest.sources_by_id.get(unique_id)
        columns = found.columns if found else ()
        if any(column.meta.get("pii") and test.column in ("", column.name) for column in columns):
            return False
        if found and not test.column and found.meta.get("pii"):
            return False
    return True


def _is_personal(model: Model) -> bool:
    return bool(model.meta.get("pii")) or any(column.meta.get("pii") for column in model.columns)


def _found(result: NodeResult, test: DataTest, *, shows_values: bool) -> dict[str, Any]:
    if result.failures is None:
        return {"error": error_text(result.message, shows_values=shows_values).words}
    limit = test.warn_if if result.has_warned else test.error_if
    unless = (
        "" if limit.replace(" ", "") in ("!=0", ">0") else f" ({'warns' if result.has_warned else 'fails'} if {limit})"
    )
    return {"expected": f"{_expected(test)}{unless}", "actual": _actual(test, result.failures)}


def _expected(test: DataTest) -> str:
    column, arguments = test.column, test.arguments
    if test.kind == "not_null" and not test.namespace:
        return f"no row without {column}"
    if test.kind == "unique" and not test.namespace:
        return f"each {column} once"
    if test.kind == "accepted_values" and isinstance(values := arguments.get("values"), list):
        return f"only {listed([str(value) for value in values])} as {column}"
    if test.kind == "relationships" and (field := arguments.get("field")):
        return f"each {column} to be a value of {_plain_ref(str(arguments.get('to', '')))}.{field}"
    return "no row that breaks it"


def _actual(test: DataTest, number: int) -> str:
    words = {
        "unique": f"{counted(number, 'value')} more than once",
        "accepted_values": counted(number, "other value"),
        "relationships": f"{counted(number, 'row')} where it is not",
    }
    return words.get("" if test.namespace else test.kind) or counted(number, "row")


def _plain_ref(text: str) -> str:
    """`ref('orders')` and `source('raw', 'orders')` as people say them."""
    return ".".join(re.findall(r"'([^']+)'", text)) or text


def _live_after_test(result: NodeResult, table: str, *, is_built: bool, outcome: Outcome) -> str:
    built = f"{table} holds these rows." if is_built else ""
    return f"{built}{_not_built(result, outcome)}".strip()


def _not_built(result: NodeResult, outcome: Outcome, own: str = "") -> str:
    names = [name for name in outcome.waiting_for(result.unique_id) if name != own]
    if not names:
        return ""
    shown = [*names[:5], *([f"{len(names) - 5:,} more"] if len(names) > 5 else [])]
    return f" Not built for it: {listed(shown)}."


def _looked_at(test: DataTest, outcome: Outcome) -> str:
    return next((model.relation.full_name for model in _models(test, outcome)), test.package)


def _models(test: DataTest, outcome: Outcome) -> Iterator[Model]:
    return filter(None, (outcome.model(unique_id) for unique_id in test.depends_on))


def _table(model: Model | None, unique_id: str) -> str:
    return model.relation.full_name if model and model.relation.table else unique_id.rpartition(".")[2]


def _age(age: Age | None) -> str:
    return counted(age.count, age.period) if age else "what the project says"


def _hours(hours: float) -> str:
    if hours > _NEVER_HOURS:
        return "no row with a time"
    return f"{hours:,.1f} hours" if hours < 100 else f"{hours / 24:,.0f} days"
