"""What became of each node, in few characters, for the next try of the same run, which may be on another machine."""

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any

from summary_tables.dbt.run_results import NodeResult


def kept(results: Iterable[NodeResult]) -> str:
    rows = [_row(result) for result in results]
    return base64.b85encode(zlib.compress(json.dumps(rows).encode())).decode()


def _row(result: NodeResult) -> list[Any]:
    """Of what went well no words are needed."""
    row: list[Any] = [result.unique_id, result.status, result.rows]
    return row if result.is_good else [*row, result.failures, result.message, result.compiled_code]


def _result(
    unique_id: str, status: str, rows: int | None, failures: int | None = None, message: str = "", code: str = ""
) -> NodeResult:
    return NodeResult(
        unique_id=unique_id, status=status, rows=rows, failures=failures, message=message, compiled_code=code
    )


def given_back(text: object) -> tuple[NodeResult, ...]:
    """Empty where it is nothing of this kind."""
    try:
        rows = json.loads(zlib.decompress(base64.b85decode(str(text))))
        return tuple(_result(*each) for each in rows)
    except (ValueError, zlib.error, IndexError, TypeError, KeyError):
        return ()
