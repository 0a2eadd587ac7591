"""A model that `summary-tables export dbt` wrote -> the query and the keys of its file, as they were.

What dbt has no word for stands in `meta.summary_tables`. Dates stand in the query in dbt's words.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from summary_tables.commands.import_dbt.relations import plain_name
from summary_tables.dbt.manifest import Manifest
from summary_tables.dbt.records import DataTest, Model, Source, UnitTest
from summary_tables.model.table import CheckStep
from summary_tables.sql.templates.nodes import Arguments, Attribute, Call, Constant, Item, Name, Node
from summary_tables.sql.templates.rewriting import Written, rewritten
from summary_tables.sql.templates.stand_ins import replaced as pieces_replaced
from summary_tables.sql.templates.template import statements
from summary_tables.text.moments import local

MARK: Final = "summary_tables"
"""The key of `meta` that the export writes."""

TYPES_MARK: Final = f"{MARK}_types"
"""That of a source, beside that of its tables: dbt gives each table the `meta` of its source, too."""

LONGEST_NAME: Final = 80
"""What there is room for in the name of a check."""

_HEAD: Final = re.compile(
    r"(?:\{#(?P<label>.*?)#\}\n|\{\{ config\(.*?\) \}\}\n|-- depends_on:[^\n]*\n|\{%- (?:set|do) [^\n]*? -%\}\n)*",
    re.DOTALL,
)
_COUNTED: Final = re.compile(
    r"SELECT found\.value\nFROM \(SELECT 1\) AS one\nLEFT JOIN \(\n(?P<sql>.*)\n\) AS found \(value\) ON TRUE\n"
    r"WHERE \(\{\{ as_number\('found\.value'\) \}\} (?P<sign>\S+) (?P<count>\S+)\) IS NOT TRUE\s*",
    re.DOTALL,
)
_OPS: Final = {">=": "ge", ">": "gt", "<=": "le", "<": "lt", "=": "eq", "<>": "ne"}
_METHODS: Final = {
    "moment_add": "add",
    "moment_subtract": "subtract",
    "moment_start_of": "start_of",
    "moment_end_of": "end_of",
    "moment_set": "set",
}


def exported_keys(node: Model | DataTest | UnitTest) -> Mapping[str, Any] | None:
    """What the file said that dbt has no word for; None: the model or test comes from elsewhere."""
    found = node.meta.get(MARK)
    return found if isinstance(found, Mapping) else None


def asked_by(test: DataTest, step: CheckStep) -> tuple[str, ...]:
    """The tables that have the check of which a test was made in that list, where the export says so."""
    names = (exported_keys(test) or {}).get(f"{step}_of")
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def is_exported(test: DataTest, manifest: Manifest) -> bool:
    """Whether the export wrote a test that is a query of its own."""
    nodes = (manifest.nodes.get(unique_id) for unique_id in test.depends_on)
    return test.is_singular and any(exported_keys(each) is not None for each in (*nodes, *manifest.models[:1]) if each)


def own_query(raw: str, reads: tuple[Model | Source, ...], own: Mapping[str, str]) -> str:
    """A query as the file had it. `own` has other words for some tables, by the words of dbt: `this`, `ref('x')`."""
    head = _HEAD.match(raw)
    sql = raw[head.end() if head else 0 :]
    words = {**{call: name for node in reads for call, name in _calls(node)}, **own}
    named = pieces_replaced(
        sql, lambda piece: words.get(piece.text.strip().removeprefix("builtins.")) if piece.kind == "value" else None
    )
    return rewritten(named, statements(named), _words)


def _calls(node: Model | Source) -> Iterator[tuple[str, str]]:
    """How dbt names the table, and its name."""
    name = plain_name(node.relation.schema, node.relation.table)
    yield (f"source('{node.source}', '{node.name}')" if isinstance(node, Source) else f"ref('{node.name}')"), name


def _words(node: Node, written: Written) -> str | None:
    """What dbt's Python says in the words of a file."""
    match node:
        case Call(function=Name(name=name), arguments=Arguments(values=(one, other))) if name in _SUMS:
            return f"({written(one)} {_SUMS[name]} {written(other)})"
        case Attribute(of=Call(function=Name(name="moment_end_of")) as call, name="day") if _is_of_month(call):
            return f"{written(call.arguments.values[0])}.days_in_month"
        case Call(function=Name(name=name), arguments=Arguments(values=(first, *others), named=named)) if (
            name in _METHODS
        ):
            given = (*map(written, others), *(f"{key}={written(value)}" for key, value in named))
            return f"{written(first)}.{_METHODS[name]}({', '.join(given)})"
        case Call(function=Attribute(of=of, name="astimezone"), arguments=Arguments(values=(Call() as zone,))):
            return f"{written(of)}.in_timezone({written(zone.arguments.values[0])})"
        case Attribute(of=Call(function=Attribute(of=of, name="timetuple")), name="tm_yday"):
            return f"{written(of)}.day_of_year"
        case Item(of=Call(function=Attribute(of=of, name="isocalendar"))):
            return f"{written(of)}.week_of_year"
    return None


def _is_of_month(call: Call) -> bool:
    units = call.arguments.values[1:]
    return bool(units) and isinstance(units[0], Constant) and units[0].value == "month"


_SUMS: Final = {"moment_plus": "+", "moment_minus": "-"}


def without_raw(value: Any) -> Any:
    """A value as dbt fills it in, where it keeps texts from being taken for templates."""
    if isinstance(value, str):
        return _RAW.sub(lambda found: found["raw"] or found["end"] or "", value)
    if isinstance(value, Mapping):
        return {key: without_raw(each) for key, each in value.items()}
    return [without_raw(each) for each in value] if isinstance(value, list) else value


_RAW: Final = re.compile(
    r"\{% raw %\}(?P<raw>.*?)\{% endraw %\}|\{\{ '(?P<end>\{%[-+]?\s*endraw\s*[-+]?%\})' \}\}", re.DOTALL
)


def own_name(raw: str) -> str:
    """What the file calls the check of which a test was made."""
    head = _HEAD.match(raw)
    return " ".join((head["label"] or "").split())[:LONGEST_NAME] if head else ""


def counted_check(sql: str) -> Mapping[str, Any] | None:
    """The check with a number that the query of a test was made of; None: it was one that finds rows."""
    found = _COUNTED.fullmatch(sql)
    if found is None:
        return None
    count = float(found["count"])
    query = f"{found['sql']}\n"
    op = _OPS[found["sign"]]
    return {"sql": query, **({} if op == "ge" else {"op": op}), "count": int(count) if count.is_integer() else count}


def date_of_test(test: UnitTest, zone: str) -> str:
    """The day that the dates of a unit test are about; empty: it has none."""
    given = test.overrides.get("vars")
    start = given.get("data_interval_start") if isinstance(given, Mapping) else None
    return local(zone, datetime.fromisoformat(start)).date().isoformat() if isinstance(start, str) else ""
