"""Statements as they are sent, in golden files."""

from collections.abc import Sequence

from tests.golden_files import assert_golden


def assert_golden_statements(name: str, statements: Sequence[str]) -> None:
    """Compares `statements` with the file `name` below `tests/golden/statements/`."""
    text = "\n\n".join(f"{statement.rstrip()}\n;" for statement in statements)
    assert_golden(f"statements/{name}.sql", f"{text}\n")
