"""`{{ ... }}` filled in without Airflow, under the rules of a run: a sandbox, Airflow's date filters and the macros of
`airflow_sql_context`, and an unknown name is a mistake."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any


class TemplateError(Exception):
    """A `{{ ... }}` that cannot be filled in; the text says why, without a full stop."""


def filled_in(source: str, names: Mapping[str, object]) -> str:
    """`source` with its templates rendered: `names` are those that it may use, beside `macros`.

    Times among the names have the methods that Airflow's have. Raises `TemplateError`.
    """
    if not any(opening in source for opening in ("{{", "{%", "{#")):
        return source
    # Jinja takes a while to import, and most queries need none of it.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(undefined=StrictUndefined, extensions=["jinja2.ext.do"], cache_size=0)
    environment.filters.update(_FILTERS)
    values = {name: _moment(value) if isinstance(value, datetime) else value for name, value in names.items()}
    try:
        return environment.from_string(source).render({**values, "macros": SimpleNamespace(**_MACROS)})
    except Exception as error:  # a template may call what it likes with what it likes
        raise TemplateError(str(error).rstrip(".") or type(error).__name__) from None


def _moment(time: datetime) -> datetime:
    """`time` as Airflow gives it, with pendulum's methods, where pendulum is installed."""
    try:
        import pendulum
    except ImportError:
        return time
    moment: datetime = pendulum.instance(time)
    return moment


def _ds_add(ds: str, days: int) -> str:
    return (datetime.strptime(str(ds), "%Y-%m-%d") + timedelta(days=days)).strftime("%Y-%m-%d")


def _ds_format(ds: str, input_format: str, output_format: str) -> str:
    return datetime.strptime(str(ds), input_format).strftime(output_format)


# Those of airflow.sdk, which lint must do without.
_MACROS: Mapping[str, Any] = {"ds_add": _ds_add, "ds_format": _ds_format, "datetime": datetime, "timedelta": timedelta}
_FILTERS: Mapping[str, Any] = {
    "ds": lambda value: value and value.strftime("%Y-%m-%d"),
    "ds_nodash": lambda value: value and value.strftime("%Y%m%d"),
    "ts": lambda value: value and value.isoformat(),
    "ts_nodash": lambda value: value and value.strftime("%Y%m%dT%H%M%S"),
    "ts_nodash_with_tz": lambda value: value and value.isoformat().replace("-", "").replace(":", ""),
}
