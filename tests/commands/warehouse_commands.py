"""Calls a command against a test's warehouse; what it prints, without what differs from run to run."""

import os
import pty
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from summary_tables import cli
from tests.warehouse.postgres.database import BUILDER, PASSWORD, Database

ADDRESS = "WAREHOUSE_OF_THE_TEST"


class Program:
    """`summary-tables` as somebody calls it who has the address in an environment variable."""

    def __init__(self, database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.database = database
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.log_in(BUILDER)

    def log_in(self, role: str) -> None:
        """From here on the address is that of `role`."""
        self._monkeypatch.setenv(ADDRESS, self.database.server.uri(self.database.name, role, PASSWORD))

    def __call__(self, *arguments: str) -> str:
        """What it prints on both streams, and its exit code."""
        self._capsys.readouterr()
        code = cli.main([*arguments, "--warehouse", f"env:{ADDRESS}"])
        printed = self._capsys.readouterr()
        shown = "".join(f"! {line}\n" for line in printed.err.splitlines())
        return f"$ summary-tables {' '.join(map(steady, arguments))}\n{steady(printed.out + shown)}exit {code}\n"


def steady(text: str) -> str:
    """Without moments, sizes and the names of versions, which keep their width."""
    text = re.sub(r"__\d{8}T\d{6}_[0-9a-f]{12}", "__YYYYMMDDTHHMMSS_hash", text)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", "YYYY-MM-DD HH:MM:SS UTC", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00", "YYYY-MM-DDTHH:MM:SS.ffffff+00:00", text)
    return re.sub(r'"bytes": \d+', '"bytes": N', re.sub(r"\b\d+ kB", "N kB", text))


@contextmanager
def terminal(answer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Standard input is a terminal at which somebody types `answer`."""
    near, far = pty.openpty()
    os.write(near, f"{answer}\n".encode())
    with os.fdopen(far, "r") as typed:
        monkeypatch.setattr(sys, "stdin", typed)
        yield
    os.close(near)
