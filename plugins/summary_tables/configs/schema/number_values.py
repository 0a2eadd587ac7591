"""Texts that stand where a number belongs: which number was meant."""

import re

from summary_tables.checks import CHECK_KINDS
from summary_tables.configs.schema.mistake import SchemaError, shown, value_name
from summary_tables.configs.schema.units import in_unit_of, share_of_percent
from summary_tables.configs.schema.wrong_value import wrong_value
from summary_tables.configs.synonyms import OPERATOR_WORDS, SIGNS
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place

_COMPARISON = re.compile(rf"(?P<sign>{'|'.join(sorted(map(re.escape, SIGNS), key=len, reverse=True))})\s*(?P<rest>.+)")


def comparison(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`count: < 12`."""
    found = _COMPARISON.fullmatch(error.value) if isinstance(error.value, str) and "number" in kinds else None
    number = found and _digits(found["rest"])
    if not found or not number or error.path[-1] != "count":
        return None
    operator = OPERATOR_WORDS[found["sign"]]
    same = operator == "ge"
    return wrong_value(
        error,
        document,
        f"{value_name(error.path)} is only the number; how to compare with it is said by `op`",
        f"write `count: {number}`" + (", which means at least" if same else f" and `op: {operator}` below it"),
        number if same else _with_operator(error, document, f"{number}", operator),
    )


def _with_operator(error: SchemaError, document: YamlDocument, number: str, operator: str) -> str | None:
    """The number, and `op` on the line below; None where `op` is there or the check stands on one line."""
    item = document.source_of_value(error.path[:-1])
    if item.startswith("{") or re.search(r"^\s*op:|^op:", item, re.MULTILINE):
        return None
    return f"{number}\n{' ' * (document.place_of_key(error.path)[1] - 1)}op: {operator}"


def number_as_text(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`count: "12"`, `count: 150,000`, `max_decrease_percent: 10%`."""
    if not isinstance(error.value, str) or not {"integer", "number"}.intersection(kinds):
        return None
    number = _digits(error.value)
    message = f"{value_name(error.path)} must be a number, not the text {shown(error.value)}"
    if number is None:
        meant = _without_unit(error)
        return wrong_value(error, document, message, f"write {meant}" if meant else "write digits only, such as 12")
    is_sure = re.fullmatch(r"[-+0-9.,_' ]+", error.value) is not None
    return wrong_value(error, document, message, f"write {number} without quotes", number if is_sure else None)


def _without_unit(error: SchemaError) -> str:
    """The number meant by `10%` or `26h`, which counts what the key says; empty where that is not sure."""
    found = re.fullmatch(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?(%|[A-Za-z]+)", str(error.value).strip())
    if not found:
        return ""
    if found[2] != "%":
        return in_unit_of(str(error.path[-1]), error.value)
    if str(error.path[-1]).endswith("_percent"):
        return found[1]
    return share_of_percent(found[1]) if is_share(error) else ""


def is_share(error: SchemaError) -> bool:
    """The value of `error` is a part of 1."""
    kind = CHECK_KINDS.get(str(error.path[-2])) if len(error.path) > 1 else None
    return kind is not None and kind.HAS_SHARES


def _digits(text: str) -> str | None:
    """The number that `text` spells in some way that YAML does not read: `150,000`, `1_000`, `0x1F`, `12 rows`."""
    plain = re.sub(r"(?<=[0-9])[,_ '](?=[0-9]{3})", "", text.strip())
    if re.fullmatch(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3}){2,}", plain):
        return plain.replace(".", "")
    if re.fullmatch(r"0x[0-9a-fA-F]{1,12}|0o[0-7]{1,12}", plain):
        return str(int(plain, 0))
    number = re.fullmatch(r"([-+]?[0-9]{1,18}(?:\.[0-9]+)?)(?: ?(?:rows?|건|개|행))?", plain.replace("_", ""))
    return number[1] if number else None
