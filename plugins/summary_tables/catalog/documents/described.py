"""What makes the words below a field part of its description."""

from typing import Final

DESCRIBED: Final = {"use_attribute_docstrings": True}
"""Pydantic's configuration of a record, as a plain mapping: this room knows no Pydantic."""
