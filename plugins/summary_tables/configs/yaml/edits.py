"""Changes of a file that leave all else of it as people wrote it: comments, order, quotes, layout.

Each function gives the edits of one change to the text of the document that it was given.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summary_tables.configs.yaml import text
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.problem import Edit

_STEP = "  "


def set_value(document: YamlDocument, path: YamlPath, value: str) -> tuple[Edit, ...]:
    """The text at `path` becomes `value`."""
    written = text.in_brackets(value) if _is_in_brackets(document, path) else text.text(value)
    return (document.edit_of_value(path, written),)


def insert_item(document: YamlDocument, path: YamlPath, index: int, value: object) -> tuple[Edit, ...]:
    """The list at `path` gets `value`, in front of its item `index`, or at its end."""
    items = _list(document, path)
    if items.flow_style:
        return (_into_brackets(items, index, text.in_brackets(value)),)
    lines = _indented(_item_lines(value), items.start_mark.column)
    if index:
        return (_after_line(document, _end_of_content(document, items.value[index - 1]), lines),)
    start = items.start_mark.index - items.start_mark.column
    return (Edit(start=start, end=start, text=lines),)


def delete_item(document: YamlDocument, path: YamlPath, index: int) -> tuple[Edit, ...]:
    """The list at `path`, which has others, loses its item `index`. Comments above it stay."""
    items = _list(document, path)
    item = items.value[index]
    if items.flow_style:
        return tuple(_with_comma(document, item.start_mark.index, item.end_mark.index))
    before = document.text[: item.start_mark.index]
    dash = max(before.rfind(f"\n{' ' * items.start_mark.column}-") + 1, 0)
    return (Edit(start=dash, end=_next_line(document.text, _end_of_content(document, item)), text=""),)


def add_key(document: YamlDocument, path: YamlPath, key: str, value: object) -> tuple[Edit, ...]:
    """The `key: value` lines at `path`, of which there are some, get one more at their end."""
    node = document.node_at(path)
    assert isinstance(node, MappingNode)
    last = node.value[-1][1]
    if node.flow_style:
        at = _end_of_content(document, last)
        return (Edit(start=at, end=at, text=f", {text.in_brackets({key: value})[1:-1]}"),)
    lines = _indented(_entry_lines(key, value), node.start_mark.column)
    return (_after_line(document, _end_of_content(document, last), lines),)


def delete_key(document: YamlDocument, path: YamlPath) -> tuple[Edit, ...]:
    """The key at `path`, which is not alone, goes with its value."""
    parent, key = document.node_at(path[:-1]), document.node_of_key(path)
    assert isinstance(parent, MappingNode)
    value = document.node_at(path)
    if not parent.flow_style:
        start = key.start_mark.index - key.start_mark.column
        if document.text[start : key.start_mark.index].strip():
            return (_first_of_item(document, parent, value),)
        return (Edit(start=start, end=_next_line(document.text, _end_of_content(document, value)), text=""),)
    return tuple(_with_comma(document, key.start_mark.index, value.end_mark.index))


def replace_key(document: YamlDocument, path: YamlPath, key: str, value: object) -> tuple[Edit, ...]:
    """`key: value`, on one line, in the place of the key at `path` and its value."""
    start = document.node_of_key(path).start_mark.index
    end = _end_of_content(document, document.node_at(path))
    return (Edit(start=start, end=end, text=text.in_brackets({key: value})[1:-1]),)


def _first_of_item(document: YamlDocument, parent: MappingNode, value: Node) -> Edit:
    """The key behind a dash; the next one takes its place, unless a comment stands in between."""
    (key, _), (following, _) = parent.value[:2]
    content = _end_of_content(document, value)
    has_comment = "#" in document.text[content : following.start_mark.index]
    return Edit(start=key.start_mark.index, end=content if has_comment else following.start_mark.index, text="")


def mapping_lines(value: Mapping[str, object]) -> str:
    """`value` as the lines of a block: keys with texts, lists of texts, and lists of such blocks."""
    return "".join(_entry_lines(key, inner) for key, inner in value.items())


def _entry_lines(key: str, value: object) -> str:
    if isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
        return f"{key}:\n" + "".join(_indented(_item_lines(item), len(_STEP)) for item in value)
    return text.entry(key, value)


def _item_lines(value: object) -> str:
    if isinstance(value, Mapping):
        return text.item(_indented(mapping_lines(value), len(_STEP)))
    return f"- {text.text(str(value))}\n"


def _indented(lines: str, columns: int) -> str:
    return "".join(f"{' ' * columns}{line}\n" if line else "\n" for line in lines.split("\n")[:-1])


def _list(document: YamlDocument, path: YamlPath) -> SequenceNode:
    node = document.node_at(path)
    assert isinstance(node, SequenceNode)
    return node


def _is_in_brackets(document: YamlDocument, path: YamlPath) -> bool:
    around = (document.node_at(path[:depth]) for depth in range(len(path)))
    return any(isinstance(node, MappingNode | SequenceNode) and node.flow_style for node in around)


def _into_brackets(items: SequenceNode, index: int, written: str) -> Edit:
    if index:
        at = items.value[index - 1].end_mark.index
        return Edit(start=at, end=at, text=f", {written}")
    at = items.start_mark.index + 1
    return Edit(start=at, end=at, text=f"{written}, " if items.value else written)


def _with_comma(document: YamlDocument, start: int, end: int) -> Iterator[Edit]:
    """What stands from `start` to `end` goes, and one comma beside it; what else stands there stays."""
    source = document.text
    behind = re.compile(r" *,").match(source, end)
    if behind:
        line, following = source.rfind("\n", 0, start) + 1, _next_line(source, end)
        if not source[line:start].strip(" ") and not source[behind.end() : following].strip():
            yield Edit(start=line, end=following, text="")
        else:
            blanks = re.compile(" *").match(source, behind.end())
            yield Edit(start=start, end=blanks.end() if blanks else behind.end(), text="")
        return
    before = _comma_before(source, start)
    if before < 0 or source[before + 1 : start].strip(" "):
        yield Edit(start=start, end=end, text="")
    if before >= 0:
        is_beside = not source[before + 1 : start].strip(" ")
        yield Edit(start=before, end=end if is_beside else before + 1, text="")


def _comma_before(source: str, index: int) -> int:
    """The comma between what ends before `index` and what begins there; -1: there is none."""
    lines = source[:index].split("\n")
    for back in range(len(lines) - 1, -1, -1):
        line = lines[back] if back == len(lines) - 1 else re.sub(r"(?:^|(?<=\s))#.*", "", lines[back])
        if line.strip():
            at = sum(len(earlier) + 1 for earlier in lines[:back]) + len(line.rstrip()) - 1
            return at if source[at] == "," else -1
    return -1


def _end_of_content(document: YamlDocument, node: Node) -> int:
    """Where the last sign of a value stands; the marks of YAML count comments and blank lines behind it as well."""
    last = node
    while isinstance(last, MappingNode | SequenceNode) and not last.flow_style and last.value:
        inner = last.value[-1]
        last = inner[1] if isinstance(inner, tuple) else inner
    end = last.end_mark.index
    return len(document.text[:end].rstrip()) if not isinstance(last, ScalarNode) or last.style in ("|", ">") else end


def _next_line(source: str, index: int) -> int:
    found = source.find("\n", index)
    return len(source) if found < 0 else found + 1


def _after_line(document: YamlDocument, index: int, lines: str) -> Edit:
    at = _next_line(document.text, index)
    has_end = document.text[at - 1 : at] == "\n"
    return Edit(start=at, end=at, text=lines if has_end else f"\n{lines.removesuffix(chr(10))}")
