"""The quick validator says yes to nothing that jsonschema refuses, and to what people write."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.configs.schema import validator
from summary_tables.configs.schema.quick_yes import is_surely_valid
from summary_tables.configs.yaml import document as yaml_document
from summary_tables.configs.yaml.document import YamlDocument
from tests.conftest import REPOSITORY

pytest.importorskip("jsonschema_rs")

_FILES = sorted((REPOSITORY / "tests" / "cases" / "lint" / "valid").glob("*.yaml"))
# Texts of which engines for patterns think differently, among values of each type.
_ODD_TEXTS = ("", "a\n", "é", "٣", "\x1c", "\x85", "\u2028", "\ufeff", "a.b\x85", "2026-02-30", "0 3 * * *\n")
_VALUES: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    1.0,
    1.5,
    10**17,
    [],
    [1, 1],
    [1, 1.0],
    [True, 1],
    ["a", "a"],
    {},
    {"a": 1},
)


def _data(name: str) -> dict[str, Any]:
    document = yaml_document.parse((_FILES[0].parent / name).read_bytes())
    assert isinstance(document, YamlDocument)
    assert isinstance(document.data, dict)
    return document.data


_GOOD = {path.name: _data(path.name) for path in _FILES}


@pytest.mark.parametrize("name", _GOOD)
def test_what_people_write_is_known_at_once(name: str) -> None:
    assert is_surely_valid(_GOOD[name], "summary_table")


def test_good_files_do_not_load_jsonschema() -> None:
    code = (
        "import sys; from pathlib import Path; from summary_tables.configs.folder import read_folder\n"
        "assert not read_folder(Path('dag_configs')).problems; print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout == "False\n"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_value_in_another_s_place_is_believed_only_where_jsonschema_allows_it(data: st.DataObject) -> None:
    good = _GOOD[data.draw(st.sampled_from(sorted(_GOOD)))]
    path = data.draw(st.sampled_from(list(_paths(good))))
    changed = _with(good, path, data.draw(st.sampled_from([*_ODD_TEXTS, *_VALUES]) | st.text(max_size=4)))
    if is_surely_valid(changed, "summary_table"):
        assert list(validator.errors(changed, "summary_table")) == []


def _paths(node: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in pairs:
        yield (*way, step)
        yield from _paths(value, (*way, step))


def _with(node: Any, path: tuple[str | int, ...], value: object) -> Any:
    if not path:
        return value
    copied: Any = dict(node) if isinstance(node, dict) else list(node)
    copied[path[0]] = _with(node[path[0]], path[1:], value)
    return copied
