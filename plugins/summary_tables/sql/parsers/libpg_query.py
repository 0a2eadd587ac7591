"""PostgreSQL's own grammar: libpg_query, in the shared library that the package postgast ships.

postgast's public functions decode protobuf, which takes a quarter of a second to import and fails on trees deeper than
100 levels (fifty `||` in a row); the library itself writes the tree as JSON, too.
"""

import threading
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

DEEP_CHARACTERS = 2_000
"""Shorter SQL cannot be nested so deep that the library needs more than a quarter of a megabyte of stack."""

_STACK_BYTES = 64 * 1024 * 1024
_stack_size_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class GrammarError:
    """Why the grammar refuses a text. `message` is PostgreSQL's own; `offset` counts characters from 0."""

    message: str
    offset: int


def tree(sql: str) -> str | GrammarError:
    """The raw parse tree of `sql` as JSON, whose places count bytes of UTF-8. A text with NUL is read up to there.

    Raises ImportError or OSError where the library is not installed or made for another machine.
    """
    _library()
    return _tree(sql) if len(sql) <= DEEP_CHARACTERS else _with_room(sql)


def _with_room(sql: str) -> str | GrammarError:
    """libpg_query recurses without a limit of its own; a stack of the caller's may be too small for it."""
    answers: list[str | GrammarError] = []
    with _stack_size_lock:
        before = threading.stack_size(_STACK_BYTES)
        try:
            reader = threading.Thread(target=lambda: answers.append(_tree(sql)))
            reader.start()
        finally:
            threading.stack_size(before)
    reader.join()
    return answers[0]


def _tree(sql: str) -> str | GrammarError:
    library = _library()
    result = library.pg_query_parse(sql.encode("utf-8", "replace"))
    try:
        if not result.error:
            return str(result.parse_tree.decode("utf-8"))
        error = result.error.contents
        # Unlike the places in a tree, this one counts characters.
        return GrammarError(message=error.message.decode("utf-8", "replace"), offset=max(error.cursorpos - 1, 0))
    finally:
        library.pg_query_free_parse_result(result)


@cache
def _library() -> Any:
    package = find_spec("postgast")
    folder = Path(next(iter(package.submodule_search_locations or ()))) if package else None
    if folder is None:
        raise ImportError("postgast is not installed")
    return _module(folder / "native.py").lib


def _module(path: Path) -> ModuleType:
    """postgast's module that declares the library, without the package around it and its imports."""
    spec = spec_from_file_location("postgast_native", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} cannot be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
