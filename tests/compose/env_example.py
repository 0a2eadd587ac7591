""".env.example: the variables it offers, and the commands it gives to make the secrets."""

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.compose.compose_file import REPOSITORY

ENV_EXAMPLE = REPOSITORY / ".env.example"

_SECRET = re.compile(r"^#   (?P<command>python3 .+)\n(?P<name>\w+)=(?P<value>.*)$", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^(?P<name>\w+)=(?P<value>.*)$", re.MULTILINE)
_SETTING = re.compile(r"^#(?P<name>\w+)=(?P<default>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A variable without which nothing starts, the value the file gives it, and the command that makes one."""

    name: str
    value: str
    command: str

    def make(self) -> str:
        """What the command prints, run by this Python."""
        program, *arguments = shlex.split(self.command)
        assert program == "python3"
        return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def assignments(path: Path = ENV_EXAMPLE) -> dict[str, str]:
    """What the file sets when it is used as it is."""
    return {match["name"]: match["value"] for match in _ASSIGNMENT.finditer(path.read_text())}


def secrets(path: Path = ENV_EXAMPLE) -> tuple[Secret, ...]:
    """The variables that have a command above them."""
    found = _SECRET.finditer(path.read_text())
    return tuple(Secret(name=match["name"], value=match["value"], command=match["command"]) for match in found)


def settings(path: Path = ENV_EXAMPLE) -> dict[str, str]:
    """The optional variables, in comments, with the values they have when they are not set."""
    return {match["name"]: match["default"] for match in _SETTING.finditer(path.read_text())}


def new_environment() -> dict[str, str]:
    """What .env holds after someone has followed the file's advice."""
    return {secret.name: secret.make() for secret in secrets()}
