"""YAML text -> plain data plus the place of every key and value. The only reader of YAML.

YAML is data here, and comes from a pull request: the loader is the safe one, and size, depth and aliases are
limited before anything is built.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summary_tables.configs.file_content import NoContent, read_content
from summary_tables.configs.yaml import foreign_file, loader, structure
from summary_tables.configs.yaml.decoding import MAX_BYTES as MAX_BYTES
from summary_tables.configs.yaml.decoding import decode
from summary_tables.configs.yaml.places import SourceMap, end_of_line, source_map, with_ends_of
from summary_tables.configs.yaml.structure import MAX_DEPTH as MAX_DEPTH
from summary_tables.model.problem import WHOLE_FILE, Edit, Finding, Place

YamlPath = Sequence[str | int]
"""The way to a value: keys and list places from 0, e.g. `("input_check", 0, "sql")`."""


@dataclass(frozen=True, kw_only=True)
class YamlDocument:
    """One file's data (`dict`, `list`, `str`, `int`, `float`, `bool`, `None`) and where each piece stands.

    `composed` is the tree of `text`; without it, the first who asks for a place composes it.
    """

    text: str
    data: object
    composed: Node | None = None

    @cached_property
    def root(self) -> Node:
        root = self.composed or loader.compose(self.text)
        if root is None:
            raise ValueError("a document without content has no places")
        return root

    def node_at(self, path: YamlPath) -> Node:
        """The piece of the tree that is the value at `path`; its nearest parent where `path` does not exist."""
        return self._pair(path)[1]

    def node_of_key(self, path: YamlPath) -> Node:
        """The piece of the tree that names the value at `path`."""
        return self._pair(path)[0]

    def place_of_value(self, path: YamlPath) -> tuple[int, int]:
        """Line and column, from 1, of the value at `path`; of its nearest parent where `path` does not exist."""
        return _place(self._pair(path)[1])

    def place_of_key(self, path: YamlPath) -> tuple[int, int]:
        """Line and column, from 1, of the key that names the value at `path`."""
        return _place(self._pair(path)[0])

    def span_of_value(self, path: YamlPath) -> Place:
        """The place of the value at `path`, up to its end or that of its first line."""
        return self._span(self._pair(path)[1])

    def span_of_key(self, path: YamlPath) -> Place:
        """The place of the key that names the value at `path`."""
        return self._span(self._pair(path)[0])

    def joins_lines(self, path: YamlPath) -> bool:
        """The text at `path` stands on several lines that YAML makes one: without quotes, or after `>`."""
        node = self._pair(path)[1]
        folded = isinstance(node, ScalarNode) and (not node.style or node.style == ">")
        return bool(folded and node.end_mark.line > node.start_mark.line)

    def is_unquoted(self, path: YamlPath) -> bool:
        """The value at `path` is one text, number or word without quotes, `|` or `>`."""
        node = self._pair(path)[1]
        return isinstance(node, ScalarNode) and not node.style

    def source_of_value(self, path: YamlPath) -> str:
        """The value at `path` as the file spells it, quotes and all."""
        node = self._pair(path)[1]
        return self.text[node.start_mark.index : node.end_mark.index]

    def rest_of_line(self, path: YamlPath) -> str:
        """What stands on the line behind the value at `path`."""
        index = self._pair(path)[1].end_mark.index
        return self.text[index : index + 1_000].partition("\n")[0].rstrip("\r")

    def edit_of_value(self, path: YamlPath, text: str) -> Edit:
        """The value at `path`, as the file spells it, becomes `text`."""
        node = self._pair(path)[1]
        return Edit(start=node.start_mark.index, end=node.end_mark.index, text=with_ends_of(self.text, text))

    def edit_of_key(self, path: YamlPath, text: str) -> Edit:
        """The key that names the value at `path` becomes `text`."""
        node = self._pair(path)[0]
        return Edit(start=node.start_mark.index, end=node.end_mark.index, text=text)

    def edit_from_key(self, path: YamlPath, text: str) -> Edit:
        """The key at `path` and its value become `text`; an end of line after them stays."""
        key, node = self._pair(path)
        written = self.text[key.start_mark.index : node.end_mark.index]
        return Edit(start=key.start_mark.index, end=key.start_mark.index + len(written.rstrip()), text=text)

    def place_in_text(self, path: YamlPath, offset: int) -> tuple[int, int]:
        """Line and column of character `offset` of the text at `path`; of the text's end for all behind it.

        Exact for every style in which YAML can spell a text. A blank that stands for an end of line is where the line
        ends.
        """
        node = self._pair(path)[1]
        line, column = _place(node)
        way = _way_into(self.text, node)
        return way.place(line, column, offset) if way else (line, column)

    def edit_in_text(self, path: YamlPath, offset: int, length: int, text: str) -> Edit | None:
        """`length` characters from `offset` of the text at `path` become `text`; None where that cannot be told."""
        node = self._pair(path)[1]
        way = _way_into(self.text, node)
        if way is None or offset + length >= len(way.indexes):
            return None
        start, end = way.indexes[offset], way.indexes[offset + length - 1] + 1
        begin = node.start_mark.index
        return Edit(start=begin + start, end=begin + end, text=text) if end - start == length else None

    def _span(self, node: Node) -> Place:
        line, column = _place(node)
        first_line = end_of_line(self.text, node.start_mark.index, node.end_mark.index)
        return Place(line, column, max(len(self.text[node.start_mark.index : first_line].rstrip()), 1))

    def _pair(self, path: YamlPath) -> tuple[Node, Node]:
        key, node = self.root, self.root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
        return key, node


@lru_cache(maxsize=2)
def _way_into(text: str, node: Node) -> SourceMap | None:
    """Of the last values only: one file may have thousands of problems in a query of a million characters."""
    return source_map(text[node.start_mark.index : node.end_mark.index], node) if isinstance(node, ScalarNode) else None


@lru_cache(maxsize=64)
def _pairs(node: MappingNode) -> dict[str, tuple[Node, Node]]:
    return {key.value: (key, value) for key, value in reversed(node.value) if isinstance(key, ScalarNode)}


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, MappingNode):
        return _pairs(node).get(step) if isinstance(step, str) else None
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def read(path: Path) -> YamlDocument | tuple[Finding[Place], ...]:
    """The document in `path`, or why it cannot be read."""
    return from_content(read_content(path, MAX_BYTES))


def from_content(content: bytes | NoContent) -> YamlDocument | tuple[Finding[Place], ...]:
    """The document in what was read of a file, or why there is none."""
    if isinstance(content, NoContent):
        return (_whole_file(f"the file cannot be opened: {content.why}", content.fix),)
    return parse(content)


def parse(raw: bytes) -> YamlDocument | tuple[Finding[Place], ...]:
    """The document in `raw`, or why it cannot be read. Never raises on any bytes."""
    text = decode(raw)
    if isinstance(text, Finding):
        return (text,)
    if foreign := foreign_file.finding(text):
        return (foreign,)
    try:
        if structure.may_be_deep(text) and (too_deep := structure.too_deep(text)):
            return (too_deep,)
        return _document(text)
    except yaml.MarkedYAMLError as error:
        from summary_tables.configs.yaml import mistakes  # only a broken file pays for it

        return (mistakes.finding(error, text),)
    except yaml.reader.ReaderError as error:
        return (structure.unreadable_character(error, text),)


def _document(text: str) -> YamlDocument | tuple[Finding[Place], ...]:
    root = loader.compose(text)
    if root is None:
        what = "holds only comments" if text.strip() else "is empty"
        return (_whole_file(f"the file {what}", "copy another config of this folder and change it"),)
    findings = structure.findings(root, text)
    return findings or YamlDocument(text=text, data=loader.data(root), composed=root)


def parse_again(raw: bytes) -> YamlDocument:
    """The document in `raw`, which `parse` has read before; raises what may be raised where it has not."""
    text = decode(raw)
    root = loader.compose(text) if isinstance(text, str) else None
    if root is None or not isinstance(text, str):
        raise ValueError("the text was never read before")
    return YamlDocument(text=text, data=loader.data(root))


def _whole_file(message: str, fix: str = "") -> Finding[Place]:
    return Finding(place=WHOLE_FILE, rule="file", message=message, fix=fix)
