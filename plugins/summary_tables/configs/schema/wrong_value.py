"""The mistake that a value is not what its key needs."""

from summary_tables.configs.schema.mistake import SchemaError
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place


def wrong_value(
    error: SchemaError, document: YamlDocument, message: str, fix: str = "", edit: str | None = None
) -> Finding[Place]:
    """The mistake at the value of `error`; with `edit`, what a program may write in its place."""
    made = None if edit is None else document.edit_of_value(error.path, edit)
    return Finding(rule="value", place=document.span_of_value(error.path), message=message, fix=fix, edit=made)
