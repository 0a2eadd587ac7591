"""What is wrong with a set-up, and what mends it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from summary_tables.commands.doctor.setup import Setup


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`what` is wrong, a sentence; `fix` is what to do: a command, a setting, a statement, or a sentence."""

    what: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question about a set-up. `group` is the heading under which its findings are shown."""

    name: str
    group: str
    findings: Callable[[Setup], Iterator[Finding]]
