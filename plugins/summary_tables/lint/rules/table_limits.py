"""The limits of a table fit together, and the configured warehouse knows them.

A query is part of a step, and so is the wait of publishing: `statement_timeout_minutes` and `lock_timeout_minutes` are
at most `timeout_minutes`. Redshift has no `work_mem`.

PASS: `statement_timeout_minutes: 30` with `timeout_minutes: 120`
FAIL: `statement_timeout_minutes: 180` with `timeout_minutes: 120`
FAIL: `work_mem_mb: 256` on Redshift
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.dialects.registry import owners

_STEP, _MEMORY = "timeout_minutes", "work_mem_mb"
_PARTS_OF_A_STEP = ("statement_timeout_minutes", "lock_timeout_minutes")


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    yield from _times(file, folder)
    if file.config.table.work_mem_mb is not None and _MEMORY not in file.dialect.settings:
        yield Finding(
            place=file.place_of_setting((_MEMORY,)),
            message=f"`{_MEMORY}`{_origin(_MEMORY, file, folder)} is for {owners(_MEMORY)}; the warehouse here is "
            f"{file.dialect.name} (defaults.yaml)",
            fix="delete it",
        )


RULE = Rule(check=check, level="error", needs="folder")


def _times(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    step, written = file.config.table.timeout_minutes, {**(folder.defaults or {}), **file.data}
    for key in _PARTS_OF_A_STEP:
        minutes = written.get(key)
        if minutes is None or minutes <= step:
            continue
        yield Finding(
            place=file.place_of_setting((key if key in file.data else _STEP,)),
            message=f"`{key}` is {minutes:g}{_origin(key, file, folder)}, but a whole step may take only "
            f"{step:g} (`{_STEP}`{_origin(_STEP, file, folder)})",
            fix=f"write `{key}: {step:g}` or less, or raise `{_STEP}` to {minutes:g}",
        )


def _origin(key: str, file: TableFile, folder: ConfigFolder) -> str:
    if key in file.data:
        return ""
    return " in defaults.yaml" if key in (folder.defaults or {}) else ", left out"
