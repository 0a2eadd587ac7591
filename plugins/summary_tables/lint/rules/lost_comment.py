"""No value loses its end to a comment.

In YAML ` #` begins a comment. In a text without quotes it silently cuts the rest off.

PASS: `owner: growth  # the team` (two blanks before `#`, one after), `description: "Team #1"`
FAIL: `description: Team #1`, which becomes `Team`
"""

import re
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

_LOST = re.compile(r"[ \t](?=#)|[ \t]+(?=#\S)")
_MEANT_AS_COMMENT = re.compile(r"#\s*lint:")
_TEXTS = ("description", "owner")


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    if " #" not in file.document.text and "\t#" not in file.document.text:
        return
    for path in _paths(file):
        rest = file.document.rest_of_line(path) if file.document.is_unquoted(path) else ""
        found = _LOST.match(rest)
        if found and not _MEANT_AS_COMMENT.match(rest.lstrip()):
            yield _finding(file, path, rest)


RULE = Rule(check=check, level="warning")


def _paths(file: TableFile) -> Iterator[YamlPath]:
    yield from ((key,) for key in _TEXTS if key in file.data)
    for query in file.queries():
        yield query.path
        if query.role != "main_sql" and "name" in file.data[query.role][query.path[1]]:
            yield (query.role, query.path[1], "name")


def _finding(file: TableFile, path: YamlPath, rest: str) -> Finding[Place]:
    source = file.document.source_of_value(path)
    line, column = file.document.place_in_text(path, len(source))
    hidden = rest.strip()
    kept = source if len(source) <= 50 else f"…{source[-49:]}"
    is_sql = path[-1] in ("sql", "main_sql")
    block = f"write `{path[-1]}: |` and begin the SQL on the next line"
    whole = quoted(source + rest.rstrip())
    fix = block if is_sql else f"write {whole}; a comment has two blanks before its # and one after it"
    return Finding(
        place=Place(line, column + len(rest) - len(rest.lstrip()), len(hidden)),
        message=f"everything after ` #` is a comment: `{path[-1]}` ends with `{kept}`",
        fix=fix,
    )
