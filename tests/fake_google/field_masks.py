"""The parameter `fields`: which parts of an answer are wanted.

https://developers.google.com/workspace/sheets/api/guides/field-masks
"""

from typing import Any

from tests.fake_google.answers import ApiError

Mask = dict[str, Any]


def read_mask(text: str) -> Mask:
    """`sheets(data.rowData,properties)`; an empty mask below a name is all of it. Raises ApiError 400."""
    mask, rest = _read_list(text)
    if rest:
        raise ApiError(400, f"Invalid field selection {text}")
    return mask


def masked(value: Any, mask: Mask) -> Any:
    """The parts of `value`."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [masked(item, mask) for item in value]
    return {name: masked(value[name], below) for name, below in mask.items() if name in value}


def _read_list(text: str) -> tuple[Mask, str]:
    mask: Mask = {}
    while True:
        text = _read_item(text, mask)
        if not text.startswith(","):
            return mask, text
        text = text[1:]


def _read_item(text: str, mask: Mask) -> str:
    end = next((place for place, letter in enumerate(text) if letter in ",()./"), len(text))
    name, rest = text[:end], text[end:]
    if not name:
        raise ApiError(400, f"Invalid field selection {text}")
    below: Mask = mask.setdefault(name, {})
    if rest[:1] in (".", "/"):
        return _read_item(rest[1:], below)
    if rest.startswith("("):
        inner, rest = _read_list(rest[1:])
        below.update(inner)
        if not rest.startswith(")"):
            raise ApiError(400, f"Invalid field selection {text}")
        return rest[1:]
    return rest
