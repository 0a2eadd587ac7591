"""YAML text -> plain data plus the place of every key and value. The only reader of YAML.

YAML is data here, and comes from a pull request: the loader is the safe one, and size, depth and aliases are
limited before anything is built. Scalars follow YAML 1.2's core schema, as editors show them: `no` is a text and
`012` is twelve; YAML 1.1 would make them `False` and ten. Numbers too long for a column of a warehouse are texts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summary_tables.problem import Place, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

YamlPath = Sequence[str | int]
"""The way to a value: keys and list places from 0, e.g. `("input_check", 0, "sql")`."""

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML built without libyaml: slower, otherwise the same
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]  # both satisfy what is used here


class _Loader(_SafeLoader):
    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own class attribute; add_implicit_resolver fills it


_TEXT_TAG = "tag:yaml.org,2002:str"
_SCALAR_PATTERNS = {
    "tag:yaml.org,2002:null": re.compile(r"(?:~|null|Null|NULL|)\Z"),
    "tag:yaml.org,2002:bool": re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"),
    "tag:yaml.org,2002:int": re.compile(r"[-+]?[0-9]{1,18}\Z"),
    "tag:yaml.org,2002:float": re.compile(
        r"[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,2})?\Z"
    ),
}
_FIRST_CHARACTERS = {"null": ["~", "n", "N", ""], "bool": list("tTfF"), "int": list("-+0123456789")}
for _tag, _pattern in _SCALAR_PATTERNS.items():
    _first = _FIRST_CHARACTERS.get(_tag.rpartition(":")[2], list("-+0123456789."))
    _Loader.add_implicit_resolver(_tag, _pattern, _first)


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlDocument:
    """One file's data (`dict`, `list`, `str`, `int`, `float`, `bool`, `None`) and where each piece stands."""

    file: str
    text: str
    data: object
    root: Node

    def place_of_value(self, path: YamlPath) -> tuple[int, int]:
        """Line and column, from 1, of the value at `path`; of its nearest parent where `path` does not exist."""
        return _place(self._pair(path)[1])

    def place_of_key(self, path: YamlPath) -> tuple[int, int]:
        """Line and column, from 1, of the key that names the value at `path`."""
        return _place(self._pair(path)[0])

    def span_of_value(self, path: YamlPath) -> Place:
        """The place of the value at `path`, up to its end or that of its first line."""
        return _span(self._pair(path)[1])

    def span_of_key(self, path: YamlPath) -> Place:
        """The place of the key that names the value at `path`."""
        return _span(self._pair(path)[0])

    def joins_lines(self, path: YamlPath) -> bool:
        """The text at `path` stands on several lines that YAML makes one: without quotes, or after `>`."""
        node = self._pair(path)[1]
        folded = isinstance(node, ScalarNode) and (not node.style or node.style == ">")
        return bool(folded and node.end_mark.line > node.start_mark.line)

    def place_in_text(self, path: YamlPath, offset: int) -> tuple[int, int]:
        """Line and column of character `offset` of the text at `path`.

        Exact for `|` blocks and for one-line plain text; for other styles, the place where the text begins.
        """
        node = self._pair(path)[1]
        line, column = _place(node)
        before = str(node.value)[:offset]
        if isinstance(node, ScalarNode) and node.style == "|":
            in_line = len(before) - (before.rfind("\n") + 1)
            return line + 1 + before.count("\n"), self._block_indent(node) + in_line + 1
        if isinstance(node, ScalarNode) and not node.style and node.start_mark.line == node.end_mark.line:
            return line, column + offset
        return line, column

    def _block_indent(self, node: ScalarNode) -> int:
        lines = self.text.splitlines()[node.start_mark.line + 1 :]
        first = next((line for line in lines if line.strip()), "")
        return len(first) - len(first.lstrip(" "))

    def _pair(self, path: YamlPath) -> tuple[Node, Node]:
        key, node = self.root, self.root
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
        return key, node


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _span(node: Node) -> Place:
    line, column = _place(node)
    one_line = isinstance(node, ScalarNode) and node.start_mark.line == node.end_mark.line
    return Place(line, column, max(node.end_mark.column - node.start_mark.column, 1) if one_line else 1)


def read(path: Path, name: str) -> YamlDocument | tuple[Problem, ...]:
    """The document in `path`, or why it cannot be read. `name` is what messages call the file."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return (_whole_file(name, f"the file cannot be opened: {error.strerror}"),)
    return parse(raw, name)


def parse(raw: bytes, name: str) -> YamlDocument | tuple[Problem, ...]:
    """The document in `raw`, or why it cannot be read. Never raises on any bytes."""
    text = _decode(raw, name)
    if isinstance(text, Problem):
        return (text,)
    try:
        if _may_be_deep(text):
            _refuse_depth(text)
        return _compose(text, name)
    except _TooDeepError as error:
        line, column = error.place
        message = f"lists and mappings are nested more than {MAX_DEPTH} deep here"
        return (Problem(file=name, line=line, column=column, rule="yaml", message=message, fix="flatten them"),)
    except yaml.MarkedYAMLError as error:
        if found := _CONFLICT.search(text):
            return (_conflict_problem(text, found.start(), name),)
        return (_syntax_problem(error, text, name),)
    except yaml.reader.ReaderError as error:
        return (_unreadable_character(error, text, name),)


def _decode(raw: bytes, name: str) -> str | Problem:
    if len(raw) > MAX_BYTES:
        size = f"{len(raw) / 1_000_000:.1f} MB"
        return _whole_file(name, f"the file is {size}; a config may have at most {MAX_BYTES // 1_000_000} MB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"the file is not UTF-8: byte 0x{raw[error.start]:02X} on line {line}"
        return _whole_file(name, message, "save it as UTF-8")


def _compose(text: str, name: str) -> YamlDocument | tuple[Problem, ...]:
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return (_whole_file(name, "the file is empty", "copy another config of this folder and change it"),)
        problems = _structure_problems(root, text, name)
        return problems or YamlDocument(file=name, text=text, data=_data(root), root=root)
    finally:
        loader.dispose()


def _data(node: Node) -> object:
    """Plain data of a tree that is known to hold nothing else. PyYAML's constructors would read 012 as octal."""
    if isinstance(node, MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_data(item) for item in node.value]
    return _SCALARS[node.tag](node.value)


_SCALARS: dict[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:str": str,
}


_FLOW_OPENERS = re.compile(r"[\[{]")
_DEEP_LINE = re.compile(rf"^[ \-?:]{{{4 * MAX_DEPTH}}}", re.MULTILINE)


def _may_be_deep(text: str) -> bool:
    """Whether a scan for depth is needed: the scan costs as much as reading the file.

    Each level needs an opening bracket, or a further column of indentation or dashes at the start of some line.
    """
    return len(_FLOW_OPENERS.findall(text)) > 4 * MAX_DEPTH or _DEEP_LINE.search(text) is not None


class _TooDeepError(Exception):
    """Raised before anything is built. `place` is line and column, from 1."""

    def __init__(self, place: tuple[int, int]) -> None:
        super().__init__()
        self.place = place


def _refuse_depth(text: str) -> None:
    """Raises `_TooDeepError`: libyaml composes by recursion and would take the process down at some 100,000 levels."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _TooDeepError(_event_place(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _event_place(event: yaml.Event) -> tuple[int, int]:
    return (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (0, 0)


def _structure_problems(root: Node, text: str, name: str) -> tuple[Problem, ...]:
    """Aliases, duplicate keys, keys that are no plain words and tags: what YAML allows and a config does not."""
    problems: list[Problem] = []
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return (_alias_problem(text, name),)
        seen.add(id(node))
        if isinstance(node, ScalarNode) and (found := _CONTROL_CHARACTER.search(node.value)):
            message = f"the text holds the invisible character U+{ord(found[0]):04X}"
            problems.append(_at(node, name, "yaml", message, "delete it"))
        if not _is_plain(node):
            message = f"a tag such as `{node.tag}` is not allowed: a config is plain data"
            problems.append(_at(node, name, "yaml", message, "delete it"))
        if isinstance(node, MappingNode):
            problems += _key_problems(node, name)
            waiting += [value for _, value in node.value]
        elif isinstance(node, SequenceNode):
            waiting += node.value
    return tuple(sorted(problems))


# Written as an escape such as "\\0": neither Airflow's database nor a warehouse could store it.
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _is_plain(node: Node) -> bool:
    """What the node says it is, it is: `!!int abc` and `!!map text` can be written, too."""
    if isinstance(node, ScalarNode):
        pattern = _SCALAR_PATTERNS.get(node.tag)
        return node.tag == _TEXT_TAG or (pattern is not None and pattern.match(node.value) is not None)
    return bool(node.tag == ("tag:yaml.org,2002:map" if isinstance(node, MappingNode) else "tag:yaml.org,2002:seq"))


def _key_problems(node: MappingNode, name: str) -> list[Problem]:
    problems: list[Problem] = []
    first: dict[str, Node] = {}
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            message = "a value that begins with { or [ must be in quotes"
            problems.append(_at(key, name, "yaml", message, "put quotes around the whole value"))
        elif key.value in first:
            message = f"`{key.value}` is already set on line {first[key.value].start_mark.line + 1}"
            problems.append(_at(key, name, "duplicate-key", message, "delete one of the two"))
        else:
            first[key.value] = key
    return problems


def _alias_problem(text: str, name: str) -> Problem:
    events = yaml.parse(text, _Loader)
    alias = next(event for event in events if isinstance(event, yaml.AliasEvent))
    line, column = _event_place(alias)
    message = f"`*{alias.anchor}` repeats another place of the file; anchors and aliases are not allowed"
    return Problem(file=name, line=line, column=column, rule="yaml", message=message, fix="write the value out")


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return _whole_file(name, f"this is not YAML: {error.problem}", _SYNTAX_FIX)
    # After `*` and `&` libyaml points behind the character that is wrong.
    column = mark.column - (error.problem == _NO_ANCHOR_NAME)
    rest = "".join(text.splitlines()[mark.line : mark.line + 1])[column:]
    message, fix = _TAB_WORDS if rest.startswith("\t") else _syntax_words(error.problem or "", rest)
    return Problem(file=name, line=mark.line + 1, column=column + 1, rule="yaml", message=message, fix=fix)


def _syntax_words(problem: str, rest: str) -> tuple[str, str]:
    if problem in _BAD_FIRST_CHARACTER:
        value = rest.strip().strip('"')
        return _QUOTES_MESSAGE, f'write "{value}"' if value and '"' not in value else "put the value in quotes"
    return _SYNTAX_WORDS.get(problem, (f"this is not YAML: {problem}", _SYNTAX_FIX))


_CONFLICT = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)


def _conflict_problem(text: str, offset: int, name: str) -> Problem:
    line = text.count("\n", 0, offset) + 1
    message = "an unresolved merge conflict stands here"
    fix = "keep one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>"
    return Problem(file=name, line=line, column=1, rule="yaml", message=message, fix=fix)


_TAB_WORDS = ("a tab stands here; YAML is indented with spaces", "replace the tab with spaces")
_NO_ANCHOR_NAME = "did not find expected alphabetic or numeric character"
_BAD_FIRST_CHARACTER = ("found character that cannot start any token", _NO_ANCHOR_NAME)
_QUOTES_MESSAGE = "a value that begins with @, %, &, *, ! or ` must be in quotes"
_SYNTAX_FIX = "compare the line, and the one above it, with a config that works"
_SYNTAX_WORDS = {
    "but found another document": (
        "a second document begins here; a file describes one table",
        "delete the line `---`, or move what follows into a file of its own",
    ),
    "mapping values are not allowed in this context": (
        "`: ` inside a value without quotes ends the value here, or this line is indented too far",
        "write SQL after `sql: |` on a line of its own, put other values in quotes",
    ),
    "could not find expected ':'": (
        "a line just above has no colon after its key, or SQL stands outside its `|` block",
        "write `key: value`; indent every line of SQL under its key",
    ),
    "did not find expected key": (
        "this line is not lined up with the keys above it",
        "begin it in the same column as the other keys of its block",
    ),
}


def _unreadable_character(error: yaml.reader.ReaderError, text: str, name: str) -> Problem:
    character = chr(error.character) if isinstance(error.character, int) else str(error.character)
    offset = max(text.find(character), 0)
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    message = f"the invisible character U+{ord(character):04X} stands here"
    return Problem(file=name, line=line, column=column, rule="yaml", message=message, fix="delete it")


def _at(node: Node, name: str, rule: str, message: str, fix: str = "") -> Problem:
    line, column = _place(node)
    return Problem(file=name, line=line, column=column, rule=rule, message=message, fix=fix)


def _whole_file(name: str, message: str, fix: str = "") -> Problem:
    return Problem(file=name, line=0, column=0, rule="file", message=message, fix=fix)
