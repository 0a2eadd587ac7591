"""How dbt adds rows to a table -> `refresh`, and the query of one run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from summary_tables.commands.import_dbt.model_code import Code
from summary_tables.commands.import_dbt.relations import without_templates
from summary_tables.commands.import_dbt.remarks import Remarks
from summary_tables.commands.import_dbt.template_names import relation_text
from summary_tables.commands.import_dbt.time_filter import Filter, UnknownFilter, interval_filter, without_lookback
from summary_tables.commands.import_dbt.time_value import TimeValue
from summary_tables.dbt.records import Model
from summary_tables.sql.dialect import Dialect
from summary_tables.text.english import counted

_SCHEDULES: Final = {"hour": "@hourly", "day": "@daily", "month": "@monthly", "year": "@yearly"}
_TIME_NAME: Final = re.compile(
    r"date|time|day|week|month|hour|(?:^|_)(?:at|on|ts|dt)$|(?:cre|upd)ated|modified|loaded|synced"
)
_NUMBER_NAME: Final = re.compile(r"(?:^|_)(?:id|key|number|no|seq|sequence|version|offset|rank|batch)$")
_NUMBERS: Final = re.compile(r"(?:big|small)?int|serial|numeric|decimal|number|float|double", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Growth:
    """`sql` has dbt's names of relations in it. `refresh` is empty where a run builds the whole table.

    `schedule` is given where the model says how long the interval of a run is; `has_interval`: the query is cut by it.
    """

    sql: str
    refresh: Mapping[str, object] | str = ""
    schedule: str = ""
    has_interval: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)


def growth_of(model: Model, code: Code, dialect: Dialect, remarks: Remarks) -> Growth:
    """What a run of the model does here; what differs is said."""
    whole, increment = without_templates(code.whole, dialect), without_templates(code.increment, dialect)
    if model.materialized != "incremental":
        return Growth(sql=whole)
    settings = {"full_refresh": False} if model.config.get("full_refresh") is False else {}
    if _text(model, "incremental_strategy") == "microbatch":
        return _microbatch(model, whole, settings, remarks)
    if code.not_understood:
        what, line = code.not_understood.what, code.not_understood.line
        message = f"a run that adds rows to `{model.name}` needs {what}, which only dbt can fill in"
        return _whole(model, whole, message, settings, remarks, line)
    found = interval_filter(whole, increment, relation_text(model), dialect)
    if isinstance(found, UnknownFilter):
        message = f"`{model.name}` leaves out what it has already in a way that is not known here: `{_cut(found.text)}`"
        return _whole(model, whole, message, settings, remarks, _line_of(model))
    if found and _is_number(model, found):
        message = f"`{model.name}` leaves out what it has already by `{found.value.column}`, which is no time"
        return _whole(model, whole, message, settings, remarks, _line_of(model))
    return _by_strategy(model, found, whole, settings, remarks)


def _by_strategy(
    model: Model, found: Filter | None, whole: str, settings: Mapping[str, object], remarks: Remarks
) -> Growth:
    strategy, key = _text(model, "incremental_strategy"), unique_key(model)
    time_column = _partition(model) if strategy == "insert_overwrite" else _day_key(key, found)
    if strategy == "insert_overwrite" and not time_column:
        message = f"`insert_overwrite` of `{model.name}` names no column of days by which a run's rows are told"
        return _whole(model, whole, message, settings, remarks, _line_of(model))
    if not all(map(str.isidentifier, key)):
        message = f"the `unique_key` of `{model.name}` is no column: `{_cut(', '.join(key))}`"
        return _whole(model, whole, message, settings, remarks, 1)
    if found:
        _say_interval(model, found, remarks)
    if time_column or not key or strategy == "append":
        found = found and _own_rows_only(model, found, time_column, remarks)
    elif found is None:
        message = f"each run of `{model.name}` gives all rows: nothing in it asks whether the run adds some"
        remarks.add(model.unique_id, model.path, message, "leave `refresh` out if it builds fast enough")
    refresh: Mapping[str, object] | str = "append"
    if time_column:
        refresh = {"delete_insert": {"time_column": time_column}}
    elif key and strategy != "append":
        refresh = {"merge": {"unique_key": key[0] if len(key) == 1 else list(key)}}
    _say_other_options(model, remarks)
    return Growth(sql=found.sql if found else whole, refresh=refresh, has_interval=found is not None, settings=settings)


def _own_rows_only(model: Model, found: Filter, time_column: str, remarks: Remarks) -> Filter:
    if not found.value.goes_back:
        return found
    late = " and ".join(counted(count, unit.removesuffix("s")) for unit, count in found.value.earlier)
    back = f"went back {late}" if late else "took the newest day again"
    what = f"the rows of its own interval, by `{time_column}`" if time_column else "rows, of which none may come twice"
    message = f"dbt {back} in `{model.name}`; a run here gives {what}, and nothing of the time before"
    fix = (
        "start a backfill of the days to which rows came late; or, if rows have a key, write "
        "`refresh: {merge: {unique_key: ...}}` and `data_interval_start.subtract(days=...)` in the query"
    )
    remarks.add(model.unique_id, model.path, message, fix, line=_line_of(model))
    return without_lookback(found)


def _microbatch(model: Model, whole: str, settings: Mapping[str, object], remarks: Remarks) -> Growth:
    column, batch = _text(model, "event_time"), _text(model, "batch_size") or "day"
    begin, lookback = _text(model, "begin")[:10], model.config.get("lookback")
    if isinstance(lookback, int) and lookback > 0:
        message = f"`lookback: {lookback}` of `{model.name}`: a run here builds the rows of its own {batch} alone"
        fix = f"start a backfill of the {batch}s to which rows came late"
        # dbt goes back one where nobody says how many.
        remarks.add(
            model.unique_id, model.path, message, fix, level="warning" if "lookback" in model.written else "info"
        )
    bounds = f"{column} >= '{{{{ data_interval_start }}}}' AND {column} < '{{{{ data_interval_end }}}}'"
    message = f"the rows of `{model.name}` are filtered by its own `event_time` here, behind its query"
    remarks.add(model.unique_id, model.path, message, level="info")
    start = {"start": begin} if begin else {}
    return Growth(
        sql=f"SELECT batch.*\nFROM (\n{whole}\n) AS batch\nWHERE {bounds}",
        refresh={"delete_insert": {"time_column": column, **start}},
        schedule=_SCHEDULES.get(batch, "@daily"),
        has_interval=True,
        settings=settings,
    )


def _whole(model: Model, sql: str, message: str, settings: Mapping[str, object], remarks: Remarks, line: int) -> Growth:
    fix = (
        "each run builds the whole table until you write `refresh`, and in the query "
        "`... >= '{{ data_interval_start }}' AND ... < '{{ data_interval_end }}'`"
    )
    remarks.add(model.unique_id, model.path, message, fix, line=line)
    return Growth(sql=sql, settings=settings)


def _say_interval(model: Model, found: Filter, remarks: Remarks) -> None:
    than = f"the newest `{found.value.column}`" if found.value.column else "the clock"
    message = f"a run of `{model.name}` took rows by {than}; here it takes those of its interval, by `{found.column}`"
    certain = found.value.is_time or _is_time(model, found)
    fix = "" if certain else f"see that `{found.column}` is a date or a time"
    remarks.add(model.unique_id, model.path, message, fix, level="info" if certain else "warning", line=_line_of(model))


def _say_other_options(model: Model, remarks: Remarks) -> None:
    for name in ("merge_update_columns", "merge_exclude_columns"):
        if model.config.get(name):
            message = f"`{name}` of `{model.name}` has no counterpart: each row takes the place of the whole old one"
            fix = "see that the query gives, also of the columns that dbt leaves as they were, what they shall hold"
            remarks.add(model.unique_id, model.path, message, fix, level="warning")
    if model.config.get("incremental_predicates"):
        message = f"`incremental_predicates` of `{model.name}` are left out: a row takes the place of any with its key"
        # dbt adds a second one where the predicates do not find the old one.
        fix = "see that none with the same key is to stay beside it, such as one of an older day"
        remarks.add(model.unique_id, model.path, message, fix, level="warning")


def unique_key(model: Model) -> tuple[str, ...]:
    """The columns by which dbt tells rows apart."""
    found = model.config.get("unique_key")
    names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return tuple(name.strip() for each in names if isinstance(each, str) for name in each.split(",") if name.strip())


def _day_key(key: tuple[str, ...], found: Filter | None) -> str:
    """dbt replaces all rows of a day where the day is the key."""
    if len(key) != 1 or found is None:
        return ""
    compared = re.split(r"\.", re.sub(r"::\s*\w+$", "", found.column.strip()))[-1].strip('"')
    is_time = found.value.is_time or bool(_TIME_NAME.search(key[0]))
    return key[0] if is_time and key[0] in (compared, found.value.column) and _is_day_name(key[0], found.value) else ""


def _is_day_name(name: str, value: TimeValue) -> bool:
    return value.is_day or bool(re.search(r"(?<!up)date|day|week|month|hour", name))


def _partition(model: Model) -> str:
    found: Any = model.config.get("partition_by")
    kind = str(found.get("data_type", "date")) if isinstance(found, dict) else ""
    return str(found.get("field", "")) if re.match(r"date|timestamp|datetime", kind) else ""


def _is_time(model: Model, found: Filter) -> bool:
    name = found.value.column or found.column
    return bool(_TIME_NAME.search(name.lower())) or _declared(model, name).lower().startswith(("date", "timestamp"))


def _is_number(model: Model, found: Filter) -> bool:
    if found.value.is_time:
        return False
    kind = _declared(model, found.value.column)
    return bool(_NUMBERS.match(kind)) if kind else bool(_NUMBER_NAME.search(found.value.column.lower()))


def _declared(model: Model, column: str) -> str:
    return next((each.data_type for each in model.columns if each.name == column), "")


def _line_of(model: Model) -> int:
    """Where the model asks whether the run adds rows."""
    lines = model.raw_code.split("\n")
    return next((number for number, line in enumerate(lines, start=1) if "is_incremental" in line), 1)


def _text(model: Model, key: str) -> str:
    found = model.config.get(key)
    return found if isinstance(found, str) else ""


def _cut(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."
