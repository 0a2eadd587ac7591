"""The keys of a config that was made from a dbt model -> the text of its file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from summary_tables.commands.new.config_text import MODELINE
from summary_tables.configs.yaml import edits, text

_BLOCKS: Final = (
    (
        "table",
        "schema",
        "description",
        "owner",
        "tags",
        "deprecated",
        "used_by",
        "schedule",
        "refresh",
        "full_refresh",
        "attributes",
        "indexes",
        "grants",
    ),
    ("main_sql", "csv"),
    ("columns",),
    ("input_check",),
    ("output_check",),
    ("tests",),
)


@dataclass(frozen=True, kw_only=True)
class ConfigFile:
    """`keys` are those that have a value, `comments` what stands above them, `left` what is a comment at the end."""

    keys: Mapping[str, Any]
    comments: Sequence[str] = ()
    left: Sequence[str] = ()

    def __str__(self) -> str:
        others = [name for name in self.keys if not any(name in names for names in _BLOCKS)]
        blocks = [self._block(names) for names in ((*_BLOCKS[0], *others), *_BLOCKS[1:])]
        head = MODELINE + text.comment(self.comments) + blocks[0]
        return "\n".join(block for block in (head, *blocks[1:], text.comment(self.left)) if block)

    def _block(self, names: Sequence[str]) -> str:
        return "".join(self._lines(names))

    def _lines(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            if name not in self.keys:
                continue
            value = self.keys[name]
            yield text.sql_block(name, value) if name == "main_sql" else edits.mapping_lines({name: value})
