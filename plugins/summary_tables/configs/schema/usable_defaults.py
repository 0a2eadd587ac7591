"""What can still be known of all tables while something in `defaults.yaml` is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from summary_tables.configs.schema.check import is_valid, load_schema, wrong_keys
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.settings import NOTIFIERS
from summary_tables.text.spelling import nearest

_SAFE_WITHOUT = frozenset(
    {"alerts", "conn_ids", "owner_links", "owners", "pools", "recommend", "repository", "require", "samples"}
)
"""Left out, these take nothing away from a table and show nothing to anybody: `samples` counts as false then.

Nor do notifiers.
"""

_OF_EVERY_TABLE = "warehouse"


@dataclass(frozen=True, slots=True, kw_only=True)
class UsableDefaults:
    """`data` is what nobody has to doubt. A table that does not set a key of `broken` itself is not known."""

    data: dict[str, Any]
    broken: frozenset[str] = frozenset()


def usable_defaults(document: YamlDocument) -> UsableDefaults | None:
    """`document` is what somebody wrote, with mistakes; None where no table can be known."""
    wrong = wrong_keys(document, "defaults")
    if wrong is None or not isinstance(document.data, dict):
        return None
    broken = frozenset(map(_meant, wrong))
    data = {key: value for key, value in document.data.items() if key not in wrong}
    data |= {name: _valid_parts(name, document.data[name]) for name in (*NOTIFIERS, "alerts") if name in wrong}
    if "samples" in broken or not wrong <= _keys().keys():
        data["samples"] = False
    if "" in broken or _OF_EVERY_TABLE in broken or not is_valid(data, "defaults"):
        return None
    return UsableDefaults(data=data, broken=broken - _SAFE_WITHOUT - NOTIFIERS.keys())


def _meant(key: object) -> str:
    """`key`, or the key that somebody misspelt so; empty where nobody knows."""
    return str(key) if key in _keys() else nearest(str(key), list(_keys())) or ""


def _keys() -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", load_schema("defaults")["properties"])


def _valid_parts(key: str, value: object) -> dict[Any, Any]:
    parts = value if isinstance(value, dict) else {}
    return {part: found for part, found in parts.items() if is_valid({key: {part: found}}, "defaults")}
