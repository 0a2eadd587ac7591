"""What a process of its own needs: the CPU time of it, and the most memory that it had."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# Linux counts what its parent had in memory to the greatest size of a process, so that a small parent must start it.
_COUNTED: Final = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
found = resource.getrusage(resource.RUSAGE_CHILDREN)
print(found.ru_utime + found.ru_stime, found.ru_maxrss)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU seconds, and the greatest size in megabytes."""

    seconds: float
    megabytes: float


def cost_of(module: str, *arguments: str, environment: Mapping[str, str]) -> Cost:
    """Runs `python -m module` with more in its environment. Raises CalledProcessError where it fails."""
    command: Sequence[str] = (sys.executable, "-c", _COUNTED, sys.executable, "-m", module, *arguments)
    told = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True, check=True)
    seconds, kilobytes = map(float, told.stdout.split())
    return Cost(seconds=seconds, megabytes=kilobytes / 1024)
