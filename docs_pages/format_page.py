"""`docs/format.md` and `docs/sources_format.md`: every key of the formats, from the schemas."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from docs_pages.schema_key import Schema, SchemaKey, keys_of, resolved_schema
from docs_pages.value_words import value_words
from summary_tables.configs.schema_files import SchemaName

_PLAIN = re.compile(r"[A-Za-z0-9][\w .()-]*")

_INTRODUCTION = """\
# The format of a file

<!-- Made from schemas/*.schema.json by `make docs`. Change it there. -->

Each file in `dag_configs/` is one summary table. This page lists everything that such a file may say; VS Code with the
recommended YAML extension shows the same while you type. [Writing a table](writing_a_table.md) is the way in, and
[What lint says](rules.md) explains the messages. Two kinds of files are different: that of
[a dbt project](#a-file-with-dbt), and [`defaults.yaml`](#defaultsyaml).
"""

_PROJECT = """\
# A file with `dbt`

A file that has the key `dbt` is about a dbt project, and not about a table: [A dbt project](dbt.md) says what a run of
it does. Its name is that of its DAG.

These keys mean the same as in a table's file: {shared}. The others are the project's own:
"""

_DEFAULTS = """\
# `defaults.yaml`

What all summary tables share. A value in a table's own file replaces the one here, whole: `tags: [growth]` in a table's
file leaves nothing of the `tags` here.

These keys mean the same as in a table's file: {shared}. The others are about the deployment, and stand only here:
"""

_OTHER_FILES: Final[tuple[tuple[str, SchemaName], ...]] = ((_PROJECT, "dbt_project"), (_DEFAULTS, "defaults"))

_SOURCES = """\
# The format of a file in `sources/`

<!-- Made from schemas/sources.schema.json by `make docs`. Change it there. -->

Each file in `dag_configs/sources/` says what is known of the tables of one schema that others fill.
[Known sources](known_sources.md) says what it is good for, and what writes it.
"""


def sources_page() -> str:
    """The whole page `docs/sources_format.md`."""
    keys = list(keys_of(resolved_schema("sources")))
    lines = [_SOURCES, *_overview(keys)]
    for key in keys:
        lines += _section(key, keys)
        for inner in keys_of(key.inner) if key.inner else ():
            if inner.schema.get("type") == "array" and inner.inner:
                lines += _inner(inner, [inner])
    return "\n".join(lines).rstrip("\n") + "\n"


def page() -> str:
    """The whole page `docs/format.md`."""
    table = list(keys_of(resolved_schema("summary_table")))
    headings = Counter(key.name for key in table)
    lines = [_INTRODUCTION, *_overview(table), *(line for key in table for line in _section(key, table))]
    for words, name in _OTHER_FILES:
        lines += _beside(words, list(keys_of(resolved_schema(name))), table, headings)
    return "\n".join(lines).rstrip("\n") + "\n"


def _beside(words: str, keys: Sequence[SchemaKey], table: Sequence[SchemaKey], headings: Counter[str]) -> Iterator[str]:
    """The part about another kind of file: what it shares with a table's in one sentence, the rest as for a table.

    `headings` counts those of the page so far, and goes on with it.
    """
    same = {key.name: key.markdown for key in table}
    own = [key for key in keys if same.get(key.name) != key.markdown]
    yield words.format(shared=", ".join(_link(key.name) for key in keys if key not in own))
    yield from _overview(own, headings)
    headings.update(key.name for key in own)
    for key in own:
        yield from _section(key, own)


def _overview(keys: Sequence[SchemaKey], headings: Mapping[str, int] = MappingProxyType({})) -> Iterator[str]:
    """`headings`: how often the page above has each name as a heading, which the addresses of headings count."""
    yield from ("| key | what it is | left out |", "| --- | --- | --- |")
    for key in keys:
        without = "**required**" if key.is_required else key.left_out
        link = _link(key.name, f"-{headings[key.name]}" if headings.get(key.name) else "")
        yield f"| {link} | {_cell(key.schema['description'])} | {_cell(without)} |"
    yield ""


def _link(name: str, number: str = "") -> str:
    return f"[`{name}`](#{name}{number})"


def _section(key: SchemaKey, before: Sequence[SchemaKey]) -> Iterator[str]:
    required = "Required: " if key.is_required else ""
    words = f"{required}{value_words(key.schema)}"
    yield from (f"## `{key.name}`", "", f"*{words[0].upper()}{words[1:]}.*", "", key.markdown, "")
    if "```" not in key.markdown:
        yield from ("```yaml", _example(key), "```", "")
    if key.inner:
        yield from _inner(key, before)


def _example(key: SchemaKey) -> str:
    value = key.schema["examples"][0] if key.schema.get("examples") else key.schema["default"]
    return key_line(key.name, value)


def key_line(name: str, value: object) -> str:
    """`name: value` as a person would write it."""
    return f"{name}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_value(inner)}' for key, inner in value.items())}}}"
    return _scalar(value)


def _scalar(value: object) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _inner(key: SchemaKey, all_keys: Sequence[SchemaKey]) -> Iterator[str]:
    twin = next(other for other in all_keys if other.inner.get("properties") == key.inner["properties"])
    if twin.name != key.name:
        yield from (f"The keys of an item are those of {_link(twin.name)}.", "")
        return
    what = "an item of " if key.schema.get("type") == "array" else ""
    yield from (
        f"The keys of {what}`{key.name}`:",
        "",
        "| key | value | meaning | example |",
        "| --- | --- | --- | --- |",
    )
    for inner in keys_of(key.inner):
        yield _row(f"`{inner.name}`", inner, is_required=inner.is_required)
        if inner.schema.get("type") == "object" and inner.inner:
            needed = inner.inner.get("required", ())
            yield from (
                _row(f"`{inner.name}`: `{each.name}`", each, is_required=each.name in needed)
                for each in keys_of(inner.inner)
            )
    yield ""


def _row(name: str, key: SchemaKey, *, is_required: bool) -> str:
    required = "**required**, " if is_required else ""
    return f"| {name} | {required}{value_words(key.schema)} | {_cell(_with_choices(key))} | {_inner_example(key)} |"


def _with_choices(key: SchemaKey) -> str:
    meanings = key.schema.get("markdownEnumDescriptions", ())
    choices = zip(key.schema["enum"], meanings, strict=True) if meanings else ()
    return "\n\n".join([key.markdown, *(f"`{choice}`: {meaning}" for choice, meaning in choices)])


def _inner_example(key: SchemaKey) -> str:
    schema: Schema = key.schema
    value = next(iter((*schema.get("examples", ()), *schema.get("enum", ())[1:], schema.get("default"))))
    return f"`{_cell(key_line(key.name, value))}`"


def _cell(text: str) -> str:
    """`text` in one cell of a table, which has no room for blocks of code."""
    text = re.sub(r"\n*```.*?```", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "<br>", re.sub(r"\n\n+", "\n", text)).replace("|", "\\|")
