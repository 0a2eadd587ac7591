"""An editor with this repository open, as VS Code has it: the real language server, and the repository's settings."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.editor.language_client import LanguageClient
from tests.editor.server_program import server_command


@pytest.fixture(scope="session")
def server() -> list[str]:
    """The command that starts the language server."""
    return server_command()


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    """What `.vscode/settings.json` says."""
    found: dict[str, Any] = json.loads((REPOSITORY / ".vscode/settings.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="session")
def editor(server: list[str], settings: dict[str, Any]) -> Iterator[LanguageClient]:
    with LanguageClient(server, REPOSITORY, settings) as client:
        yield client
