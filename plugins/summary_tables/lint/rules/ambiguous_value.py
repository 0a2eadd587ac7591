"""A value means the same to everybody who reads the file.

Older YAML tools read some words and numbers without quotes in another way: `no` as false, `1:30` as 90, `012` as 10,
`1e3` as a text. And `1.000` is one, though it may have been meant as a thousand.

Among the values of a column every spelling counts: `01234` stays as it is, which a column of texts tells from `1234`.

PASS: `tags: ["no"]`, `owner: "1:30"`, `count: 12`
FAIL: `tags: [no]`, `owner: 1:30`, `count: 012`, `count: 1.000`
"""

import re
from collections.abc import Iterator

from summary_tables.checks import CHECK_KINDS
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

# https://yaml.org/type/: bool, int (octal, hexadecimal, base 60, digits with _), float and timestamp of YAML 1.1.
_OTHER_TEXTS = (
    (re.compile(r"(?i:yes|on|y)"), "true"),
    (re.compile(r"(?i:no|off|n)"), "false"),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number of seconds"),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+|[-+]?0o[0-7]+|[-+]?[0-9]+(?:_[0-9]+)+"), "a number"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"), "a date"),
    (re.compile(r"(?i:[-+]?\.inf|\.nan)"), "a number"),
)
_ANY_OTHER = re.compile(
    r"(?::|\[|,|-)\s*(?:(?i:yes|on|y|no|off|n)\b|[-+]?[0-9.][0-9a-zA-Z_:.+-]*|(?i:[-+]?\.(?:inf|nan)))"
)
_OCTAL = re.compile(r"[-+]?0[0-9]+")
# YAML 1.1 wants a dot and a sign: 1.0e+3.
_EXPONENT = re.compile(r"[-+]?[0-9]+[eE][0-9]")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    if _ANY_OTHER.search(file.document.text):
        for path, value in _values((), file.data):
            if file.document.is_unquoted(path) and (found := _finding(file, path, value)):
                yield found


RULE = Rule(check=check, level="warning", has_edits=True)


def _values(path: YamlPath, value: object) -> Iterator[tuple[YamlPath, str | int | float]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values((*path, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _values((*path, index), inner)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        yield path, value


def _finding(file: TableFile, path: YamlPath, value: str | float) -> Finding[Place] | None:
    if isinstance(value, str):
        other = next((other for pattern, other in _OTHER_TEXTS if pattern.fullmatch(value)), None)
        message = f"`{value}` without quotes is a text here, and {other} to older YAML tools"
        return _with_edit(file, path, message, quoted(value)) if other else None
    source = file.document.source_of_value(path)
    if _is_of_a_column(path):
        return _of_a_column(file, path, source, value)
    if _OCTAL.fullmatch(source):
        return _with_edit(file, path, f"`{source}` is {value} here, and another number to older YAML tools", f"{value}")
    if _EXPONENT.fullmatch(source) and value == int(value):
        return _with_edit(
            file, path, f"`{source}` is {int(value)} here, and a text to older YAML tools", f"{int(value)}"
        )
    if _THOUSANDS.fullmatch(source):
        thousands = source.replace(".", "")
        message = f"`{source}` is {value:g} here: the dot is a decimal point"
        fix = f"write {thousands} for thousands, or {value:g}"
        return Finding(place=file.document.span_of_value(path), message=message, fix=fix)
    return None


def _is_of_a_column(path: YamlPath) -> bool:
    """A value that stands in some column, whose type is not known here: a row of a test, a check's list or limit."""
    kinds = (CHECK_KINDS[str(step)] for step in path if step in CHECK_KINDS)
    return path[0] == "tests" or any(kind.HAS_VALUES for kind in kinds)


def _of_a_column(file: TableFile, path: YamlPath, source: str, value: float) -> Finding[Place] | None:
    if not (_OCTAL.fullmatch(source) or _EXPONENT.fullmatch(source)):
        return None
    plain = f"{int(value)}" if value == int(value) else f"{value}"
    return Finding(
        place=file.document.span_of_value(path),
        message=f"`{source}` stays as it is written here, and is another value to older YAML tools",
        fix=f"write {quoted(source)} for a text, {plain} for a number",
    )


def _with_edit(file: TableFile, path: YamlPath, message: str, written: str) -> Finding[Place]:
    return Finding(
        place=file.document.span_of_value(path),
        message=message,
        fix=f"write {written}",
        edit=file.document.edit_of_value(path, written),
    )
