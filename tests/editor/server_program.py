"""The real YAML language server, installed once below the environment from `package-lock.json`."""

from pathlib import Path

from tests.node_packages import node_and_npm, node_modules


def server_command() -> list[str]:
    """The command that starts the server on its standard input and output; installs it where it is not there yet."""
    node, _ = node_and_npm()
    server = node_modules(Path(__file__).parent) / "yaml-language-server/bin/yaml-language-server"
    return [node, str(server), "--stdio"]
