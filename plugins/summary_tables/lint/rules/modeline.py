"""The line that tells editors which schema a file follows is right, where there is one.

Editors offer keys and mark mistakes while one types if the file begins with it. It is missed only where `defaults.yaml`
has one: elsewhere the editor's settings may name the schema for all files.

PASS: `# yaml-language-server: $schema=../schemas/summary_table.schema.json` as the first line
FAIL: `# yaml-language-server: $schema=../schemas/summary_tables.schema.json`; the line after the first key
"""

import re
from collections.abc import Iterator
from pathlib import Path

from summary_tables.configs.config import DEFAULTS_FILE
from summary_tables.configs.file_content import NoContent, read_content
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.places import place_at, with_ends_of
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Edit, Finding, Place

SCHEMA = "summary_table.schema.json"
_MODELINE = re.compile(r"^#[ \t]*yaml-language-server[ \t]*:[ \t]*\$schema[ \t]*=[ \t]*(?P<schema>\S*)", re.MULTILINE)
_BEFORE_CONTENT = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*")


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    yield from mistakes(file.document.text, folder, SCHEMA)


def mistakes(text: str, folder: ConfigFolder, schema: str) -> Iterator[Finding[Place]]:
    """The same of a file that follows this schema."""
    found = _MODELINE.search(text)
    if not found:
        yield from _missing(folder, text, schema)
    elif found["schema"].rpartition("/")[2] != schema:
        yield _wrong_schema(text, found, schema)
    elif _begins_content(text, found):
        yield Finding(
            place=_place(text, found.start(), len(found[0])),
            message="editors read this line only above the first key",
            fix="move it to the top of the file",
        )


RULE = Rule(check=check, level="info", needs="folder", has_edits=True)


def _wrong_schema(text: str, found: re.Match[str], schema: str) -> Finding[Place]:
    start, end = found.span("schema")
    right = f"{found['schema'].rpartition('/')[0] or '../schemas'}/{schema}"
    return Finding(
        place=_place(text, start, max(end - start, 1)),
        message=f"editors look for the schema of this file in {found['schema'] or 'no file'}",
        fix=f"write {right}",
        edit=Edit(start=start, end=end, text=right),
    )


def _begins_content(text: str, found: re.Match[str]) -> bool:
    above = _BEFORE_CONTENT.match(text)
    return above is not None and found.start() > above.end()


def _missing(folder: ConfigFolder, text: str, schema: str) -> Iterator[Finding[Place]]:
    """What `defaults.yaml` names is right for its own schema, which stands beside ours."""
    place = schemas_of_defaults(folder.path)
    if place:
        line = f"# yaml-language-server: $schema={place}/{schema}"
        yield Finding(
            place=Place(1, 1),
            message="editors cannot help with this file: it does not name its schema, as defaults.yaml does",
            fix=f"begin it with `{line}`",
            edit=Edit(start=0, end=0, text=with_ends_of(text, f"{line}\n")),
        )


def schemas_of_defaults(folder: Path) -> str:
    """The folder of the schemas, as `defaults.yaml` in `folder` names it; empty where it names none."""
    content = read_content(folder / DEFAULTS_FILE)
    first = "" if isinstance(content, NoContent) else content.decode("utf-8-sig", "replace")[:500]
    found = _MODELINE.search(first)
    return found["schema"].rpartition("/")[0] if found else ""


def _place(text: str, start: int, length: int) -> Place:
    return place_at(text, start)._replace(length=length)
