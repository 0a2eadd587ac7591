"""Where in a table's file its checks stand: those of a column stand below that column."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

CheckStep = Literal["input_check", "output_check"]
CheckPath = tuple[str | int, ...]


def check_paths(data: Mapping[str, Any], step: CheckStep) -> Sequence[CheckPath]:
    """The way to each check of `SummaryTable.input_check` or `output_check`, in their order.

    `data` is what the file says, which the schema allows.
    """
    written: list[CheckPath] = [(step, index) for index in range(len(data.get(step, ())))]
    return written if step == "input_check" else [*written, *_of_columns(data)]


def _of_columns(data: Mapping[str, Any]) -> Iterator[CheckPath]:
    for place, column in enumerate(data.get("columns", ())):
        for index in range(len(column.get("checks", ()))):
            yield "columns", place, "checks", index
