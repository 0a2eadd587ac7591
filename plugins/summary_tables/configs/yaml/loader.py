"""The one way in which YAML is read: PyYAML's safe loader with the scalars of YAML 1.2's core schema.

That is what editors show: `no` is a text and `012` is twelve; YAML 1.1 would make them `False` and ten. Numbers too
long for a column of a warehouse are texts. Numbers remember an unusual spelling: where a column holds texts, it counts.
"""

import re
from collections.abc import Callable

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summary_tables.text import written_number

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML built without libyaml: slower, otherwise the same
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]  # both satisfy what is used here


class Loader(_SafeLoader):
    """Composes nodes; `data` makes values of them."""

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
    Loader.add_implicit_resolver(_tag, _pattern, _first)


def compose(text: str) -> Node | None:
    """The tree of the one document in `text`; None where it holds nothing but comments.

    Raises yaml.MarkedYAMLError, or yaml.reader.ReaderError for a character that no YAML may hold.
    """
    loader = Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def is_plain(node: Node) -> bool:
    """What the node says it is, it is: `!!int abc` and `!!map text` can be written, too."""
    if isinstance(node, ScalarNode):
        pattern = _SCALAR_PATTERNS.get(node.tag)
        return node.tag == _TEXT_TAG or (pattern is not None and pattern.match(node.value) is not None)
    return bool(node.tag == ("tag:yaml.org,2002:map" if isinstance(node, MappingNode) else "tag:yaml.org,2002:seq"))


def data(node: Node) -> object:
    """Plain data of a tree that is known to hold nothing else. PyYAML's constructors would read 012 as octal."""
    if isinstance(node, MappingNode):
        return {key.value: data(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [data(item) for item in node.value]
    return _SCALARS[node.tag](node.value)


_SCALARS: dict[str, Callable[[str], object]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": written_number.whole,
    "tag:yaml.org,2002:float": written_number.fraction,
    "tag:yaml.org,2002:str": str,
}


def syntax_error(text: str) -> yaml.MarkedYAMLError | None:
    """Where `text` stops being YAML."""
    try:
        for _ in yaml.parse(text, Loader):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    except yaml.reader.ReaderError:
        return None
    return None
