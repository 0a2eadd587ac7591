"""What YAML allows and a config does not: aliases, duplicate keys, keys that are no plain words, tags."""

import re
from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summary_tables.configs.synonyms import OPERATOR_WORDS
from summary_tables.configs.yaml.loader import Loader, is_plain
from summary_tables.configs.yaml.places import end_of_line, place_after, place_at, source_indexes
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import WHOLE_FILE, Edit, Finding, Place, reading_order
from summary_tables.text.lookalikes import INVISIBLE, described, without

MAX_DEPTH = 40
MAX_PIECES = 50_000
"""Keys and values of a file. A table with a thousand columns and checks has a third; a megabyte of them takes long."""

_FLOW_OPENERS = re.compile(r"[\[{]")
_DEEP_LINE = re.compile(rf"^[ \-?:]{{{4 * MAX_DEPTH}}}", re.MULTILINE)


def may_be_deep(text: str) -> bool:
    """Whether a scan for depth is needed: the scan costs as much as reading the file.

    Each level needs an opening bracket, or a further column of indentation or dashes at the start of some line.
    """
    return len(_FLOW_OPENERS.findall(text)) > 4 * MAX_DEPTH or _DEEP_LINE.search(text) is not None


def too_deep(text: str) -> Finding[Place] | None:
    """Too many levels: libyaml composes by recursion and would take the process down at some 100,000 of them.

    Raises what reading YAML raises.
    """
    depth = 0
    for event in yaml.parse(text, Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                message = f"lists and mappings are nested more than {MAX_DEPTH} deep here"
                return _finding(_event_place(event), message, "flatten them")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def findings(root: Node, text: str) -> tuple[Finding[Place], ...]:
    """What stands in the tree that no config may have, in the order of the file."""
    found: list[Finding[Place]] = []
    seen: set[int] = set()
    waiting, pieces = [root], 0
    has_properties = "&" in text or "!" in text
    while waiting and len(found) < _MOST_FINDINGS:
        node = waiting.pop()
        if id(node) in seen:
            return (_alias(text),)
        seen.add(id(node))
        pieces += 1 + (len(node.value) if isinstance(node, MappingNode) else 0)
        if pieces > MAX_PIECES:
            return (_too_many_pieces(),)
        if has_properties and text[node.start_mark.index : node.start_mark.index + 1] in ("&", "!"):
            found += _property_findings(node, text)
        if isinstance(node, MappingNode):
            found += _key_findings(node, text)
            waiting += [value for _, value in reversed(node.value)]
        elif isinstance(node, SequenceNode):
            waiting += reversed(node.value)
        elif isinstance(node, ScalarNode) and (control := _CONTROL_CHARACTER.search(node.value)):
            found.append(_control_character(node, control.start(), text))
    return tuple(sorted(found[:_MOST_FINDINGS], key=reading_order))


_MOST_FINDINGS = 200
"""That are told at once: a file can hold a hundred thousand."""

_LONGEST_REWRITTEN = 500
"""Characters of a value that are written anew in a fix; each of many fixes repeats the line up to its end."""


def _too_many_pieces() -> Finding[Place]:
    message = f"the file has more than {MAX_PIECES:,} keys and values, the most that a config may have"
    fix = "keep the query and the settings here, and data in the warehouse"
    return Finding(place=WHOLE_FILE, rule="file", message=message, fix=fix)


# Written as an escape such as "\\0". As it is, YAML takes none of them; NUL no database can store, and others steer the
# terminals in which logs are read.
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def _control_character(node: ScalarNode, offset: int, text: str) -> Finding[Place]:
    begin = node.start_mark.index
    source = text[begin : node.end_mark.index]
    indexes = source_indexes(source, node)
    message = f"the text holds the invisible character U+{ord(node.value[offset]):04X}"
    if indexes is None:
        return _at(node, message, "delete it")
    start, end = indexes[offset], indexes[offset + 1]
    line, column = place_after(node.start_mark.line + 1, node.start_mark.column + 1, source[:start])
    edit = Edit(start=begin + start, end=begin + end, text="")
    return _finding(Place(line, column, end - start), message, "delete it", edit=edit)


def _key_findings(node: MappingNode, text: str) -> Iterator[Finding[Place]]:
    first: dict[str, Node] = {}
    repeated: list[ScalarNode] = []
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            message = f"a value that begins with {text[key.start_mark.index]} must be in quotes"
            yield _quotes_needed(node, text, message)
        elif lookalike := INVISIBLE.search(key.value):
            yield _invisible_in_key(key, lookalike[0])
        elif key.value in first:
            repeated.append(key)
        else:
            first[key.value] = key
    yield from _repeated_keys(first, repeated)


def _repeated_keys(first: dict[str, Node], repeated: list[ScalarNode]) -> Iterator[Finding[Place]]:
    """Of a whole item without its dash only the first key is told: it is one mistake."""
    is_item = len(repeated) > 1 and repeated[0].value == next(iter(first)) and repeated[0].start_mark.column > 0
    for key in repeated[:1] if is_item else repeated:
        message = f"`{key.value}` is already set on line {first[key.value].start_mark.line + 1}"
        fix = "delete one of the two"
        if re.fullmatch(r"[0-9]{3}", key.value):
            message = f"`{key.value}` is read as a key here: the comma before it ends the number"
            fix = "write the number without commas"
        if is_item:
            message = f"{message}; a second item of the list begins with `- `"
            fix = f"write `- {key.value}:`, with the dash below the one above"
        yield _at(key, message, fix, rule="duplicate-key")


def _invisible_in_key(key: ScalarNode, character: str) -> Finding[Place]:
    place = _span(key)
    edit = Edit(start=key.start_mark.index, end=key.end_mark.index, text=without(key.value))
    at = place.column + key.value.index(character)
    return _finding(
        Place(place.line, at, 1),
        f"{described(character)} stands in the key `{without(key.value).strip()}`; YAML takes it for a letter",
        "write ordinary spaces, or none",
        edit=edit,
    )


def _quotes_needed(node: Node, text: str, message: str) -> Finding[Place]:
    """`{{ ... }}` without quotes is a mapping with a mapping as its key."""
    start = node.start_mark.index
    line = _line_from(text, node)
    line_end = re.compile(r"[ \t]*(?:[ \t]#.*)?$").search(line)
    written = line[: line_end.start()] if line_end else line
    place = Place(node.start_mark.line + 1, node.start_mark.column + 1, max(len(written), 1))
    return _with_quotes(place, message, start, written)


def _line_from(text: str, node: Node) -> str:
    """The node and what follows it up to the end of the line, or more than is rewritten; inside brackets the node."""
    start, end = node.start_mark.index, node.end_mark.index
    most = end if text.startswith((",", "]", "}"), end) else len(text)
    return text[start : end_of_line(text, start, min(most, start + 2 * _LONGEST_REWRITTEN))]


def _with_quotes(place: Place, message: str, start: int, written: str) -> Finding[Place]:
    if len(written) > _LONGEST_REWRITTEN:
        return _finding(place._replace(length=1), message, "put it in quotes")
    edit = Edit(start=start, end=start + len(written), text=quoted(written))
    return _finding(place, message, f"write {edit.text}", edit=edit)


def _property_findings(node: Node, text: str) -> Iterator[Finding[Place]]:
    """An anchor, or a tag: names of YAML for what is written as a value's first word."""
    start = node.start_mark.index
    line = _line_from(text, node).rstrip()
    written = line.partition(" #")[0].rstrip()
    word = written.split()[0]
    place = Place(node.start_mark.line + 1, node.start_mark.column + 1, len(word))
    if word.startswith("!!"):
        if not is_plain(node):
            yield _finding(place, f"a tag such as `{word}` is not allowed: a config is plain data", "delete it")
    elif written in OPERATOR_WORDS:
        edit = Edit(start=start, end=start + len(written), text=OPERATOR_WORDS[written])
        yield _finding(place, "`op` is a word here, not a sign", f"write `op: {edit.text}`", edit=edit)
    elif word in _FOREIGN_TAGS:
        message = f"`{word}` is a word of another tool; here it brings nothing in"
        yield _finding(place, message, "write the value itself; SQL goes on the lines below `|`")
    elif word.startswith("!") or (isinstance(node, ScalarNode) and node.start_mark.line == node.end_mark.line):
        message = f"a value that begins with {word[0]} must be in quotes"
        yield _with_quotes(place._replace(length=len(written)), message, start, written)


_FOREIGN_TAGS = frozenset(
    {
        *("!include", "!import", "!file", "!sql", "!join", "!ref", "!reference"),
        *("!env", "!ENV", "!env_var", "!secret", "!vault", "!Ref", "!Sub", "!GetAtt"),
    }
)
"""By which other tools bring something in; others of this form are taken for text."""


def _alias(text: str) -> Finding[Place]:
    events = yaml.parse(text, Loader)
    alias = next(event for event in events if isinstance(event, yaml.AliasEvent))
    message = f"`*{alias.anchor}` repeats another place of the file; anchors and aliases are not allowed"
    place = _event_place(alias)._replace(length=len(str(alias.anchor)) + 1)
    return _finding(place, message, "write the value out")


def unreadable_character(error: yaml.reader.ReaderError, text: str) -> Finding[Place]:
    """A character that no YAML may hold, such as a bell."""
    character = chr(error.character) if isinstance(error.character, int) else str(error.character)
    offset = max(text.find(character), 0)
    edit = Edit(start=offset, end=offset + 1, text="")
    message = f"the invisible character U+{ord(character):04X} stands here"
    return _finding(place_at(text, offset), message, "delete it", edit=edit)


def _event_place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1) if mark else Place(0, 0)


def _span(node: Node) -> Place:
    """Up to the node's end, or that of its first line."""
    one_line = isinstance(node, ScalarNode) and node.start_mark.line == node.end_mark.line
    length = max(node.end_mark.column - node.start_mark.column, 1) if one_line else 1
    return Place(node.start_mark.line + 1, node.start_mark.column + 1, length)


def _at(node: Node, message: str, fix: str, rule: str = "yaml") -> Finding[Place]:
    return _finding(_span(node), message, fix, rule=rule)


def _finding(place: Place, message: str, fix: str, *, rule: str = "yaml", edit: Edit | None = None) -> Finding[Place]:
    return Finding(place=place, rule=rule, message=message, fix=fix, edit=edit)
