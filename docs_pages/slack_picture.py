"""`docs/images/slack.svg`: a failed check as Slack shows it, drawn from a golden file, so it is what is really sent."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

__all__ = ["NAME", "picture"]

NAME = "images/slack.svg"

_MESSAGE = Path(__file__).parents[1] / "tests/golden/slack/output_check.json"
# Slack puts the person's name in the place of the id.
_PEOPLE = {"U012AB3CD": "Mina"}

_WIDTH, _LEFT, _LINE = 800, 24, 22
_LINE_CHARACTERS = 96
"""So many fit in the width in every usual font."""

_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<style>
  text {{ font: 14px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1d1c1d; white-space: pre }}
  .header {{ font-size: 18px; font-weight: 700 }}
  .bold {{ font-weight: 700 }}
  .code {{ font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px }}
  .link {{ fill: #1264a3 }}
  .small {{ font-size: 12px; fill: #616061 }}
  .paper {{ fill: #ffffff; stroke: #d0d0d0 }}
  .box {{ fill: #f6f6f6; stroke: #d0d0d0 }}
  @media (prefers-color-scheme: dark) {{
    text {{ fill: #d1d2d3 }}
    .link {{ fill: #4aa5e0 }}
    .small {{ fill: #ababad }}
    .paper {{ fill: #1a1d21; stroke: #40434a }}
    .box {{ fill: #222529; stroke: #40434a }}
  }}
</style>
<rect class="paper" x="0.5" y="0.5" width="{inner}" height="{inner_height}" rx="8"/>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Text of one look; `kind` is a class of the style above."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line; those with `in_box` stand in a box together. `gap` is the room above it."""

    pieces: Sequence[_Piece]
    gap: int = 0
    in_box: bool = False


def picture() -> str:
    """The whole file."""
    message: Mapping[str, Any] = json.loads(_MESSAGE.read_text("utf-8"))
    lines = [line for block in message["blocks"] for line in _of_block(block)]
    drawn: list[str] = []
    y = 14
    for number, line in enumerate(lines):
        y += line.gap + _LINE
        if line.in_box and not lines[number - 1].in_box:
            drawn.append(_box(y, sum(other.in_box for other in lines)))
        drawn.append(_text(line, y))
    height = y + 20
    head = _HEAD.format(
        width=_WIDTH, height=height, inner=_WIDTH - 1, inner_height=height - 1, title=escape(message["words"])
    )
    return f"{head}{''.join(drawn)}</svg>\n"


def _box(y: int, lines: int) -> str:
    height = lines * _LINE + 12
    return f'<rect class="box" x="{_LEFT}" y="{y - 21}" width="{_WIDTH - 2 * _LEFT}" height="{height}" rx="4"/>\n'


def _text(line: _Line, y: int) -> str:
    spans = "".join(f'<tspan class="{piece.kind}">{escape(piece.text)}</tspan>' for piece in line.pieces)
    return f'<text x="{_LEFT + (12 if line.in_box else 0)}" y="{y}">{spans}</text>\n'


def _of_block(block: Mapping[str, Any]) -> Iterator[_Line]:
    if block["type"] == "header":
        yield _Line(pieces=[_Piece(text=block["text"]["text"], kind="header")])
    elif block["type"] == "context":
        for element in block["elements"]:
            yield _Line(pieces=[_Piece(text=element["text"], kind="small")], gap=8)
    else:
        for element in block["elements"]:
            yield from _of_rich_text(element)


def _of_rich_text(element: Mapping[str, Any]) -> Iterator[_Line]:
    if element["type"] == "rich_text_preformatted":
        code = "".join(piece["text"] for piece in element["elements"])
        for number, text in enumerate(code.splitlines()):
            yield _Line(pieces=[_Piece(text=text, kind="code")], gap=0 if number else 16, in_box=True)
        return
    for number, pieces in enumerate(_lines_of([_piece(each) for each in element["elements"]])):
        yield _Line(pieces=pieces, gap=0 if number else 12)


def _piece(element: Mapping[str, Any]) -> _Piece:
    if element["type"] == "user":
        return _Piece(text=f"@{_PEOPLE[element['user_id']]}", kind="link")
    if element["type"] == "link":
        return _Piece(text=element["text"], kind="link")
    return _Piece(text=element["text"], kind=next(iter(element.get("style", {})), ""))


def _lines_of(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """`pieces` in lines: new ones at line feeds, and before a word that has no room."""
    line: list[_Piece] = []
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                yield line
                line = []
            for word in part.replace(" ", " \0").split("\0"):
                if line and sum(len(each.text) for each in line) + len(word.rstrip()) > _LINE_CHARACTERS:
                    yield line
                    line = []
                line.append(_Piece(text=word, kind=piece.kind))
    yield line
