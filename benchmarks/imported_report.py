"""What came of dbt projects, as a table in Markdown and what differs below it."""

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.built_projects import Tried
from benchmarks.compared_tables import Difference

_HEAD = (
    "| project | models | whole | with a remark | not at all | tables and seeds | equal | equal later |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
)


def report(found: Iterable[Tried]) -> str:
    """One line a project; then what failed, what differs and in which columns."""
    tried = list(found)
    lines = [*_HEAD, *map(_line, tried), ""]
    for each in tried:
        lines += _said(each)
    return "\n".join(lines)


def _line(each: Tried) -> str:
    figures = each.figures or ("", "", "", "")
    compared = (len(each.first) or "", _equal(each.first), _equal(each.later))
    return f"| {' | '.join(map(str, (each.name, *figures, *compared)))} |"


def _equal(tables: Mapping[str, Difference | None]) -> str:
    return str(sum(found is None for found in tables.values())) if tables else ""


def _said(each: Tried) -> Iterator[str]:
    if each.failed:
        yield f"{each.name}: {each.failed}"
    if each.lint:
        yield f"{each.name}: lint: {each.lint}"
    yield from (f"{each.name}: {table} was not built: {why}" for table, why in each.unbuilt.items())
    yield from (f"{each.name}: check failed: {check}" for check in each.checks)
    yield from (f"{each.name}: {table}: {found}" for table, found in each.first.items() if found)
    for table, found in each.later.items():
        if found:
            same = "; as after a full refresh of dbt's" if each.full.get(table) is None else ""
            yield f"{each.name}: later: {table}: {found}{same}"
