"""The demo's servers that are kept between calls, e.g. that with the sample data: started in the background, shared.

The demo is no part of this library: it runs as a process of its own, of a checkout or of what a wheel carries.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.checkout import DEMO, DEMO_PACKAGES

DAY_WITH_ROWS = "2019-05-01"
"""A day of which each table of the sample data has rows."""

_PROGRAM = "demo.sample_warehouse"
_OUR_ERROR = re.compile(r"\Ademo\.\w+\.\w+: ")
"""Its own words need no name before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptServer:
    """One of them: the option that chooses it, what people call it and its server, and what they can do without it."""

    option: str
    name: str
    server: str
    otherwise: str = ""


SAMPLE = KeptServer(
    option="--with-data",
    name="sample data",
    server="the warehouse with the sample data",
    otherwise="name another warehouse: --warehouse ADDRESS",
)
FOR_TESTS = KeptServer(option="--for-tests", name="server for tests", server="the server for tests")


class SampleData:
    """Starts when made. `say` is told what takes long. Raises `WarehouseTrouble` outside of a checkout."""

    def __init__(self, say: Callable[[str], None], repository: Path = DEMO, kept: KeptServer = SAMPLE) -> None:
        if not (repository / "demo" / "sample_warehouse.py").is_file():
            words = f"there is no {kept.name} here: it comes with a checkout of the repository only"
            raise WarehouseTrouble("; ".join(filter(None, (words, kept.otherwise))))
        self._kept = kept
        self._say = say
        self._address = ""
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", _PROGRAM, kept.option],
            cwd=repository,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            # Ctrl-C is for the preview, which stops it in order.
            start_new_session=True,
        )

    def address(self) -> str:
        """Waits until the server takes connections. Raises `WarehouseTrouble` where it does not come."""
        while not self._address:
            line = self._line()
            if not line:
                raise self._trouble()
            if line.startswith("# "):
                self._say(line.removeprefix("# "))
            else:
                self._address = line
        return self._address

    def close(self) -> None:
        """Lets go of the server, which stops by itself when nobody uses it any more, also when a preview was killed."""
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        self._log.close()
        # Nobody waits for its end: it may stay for others, or go on to load.
        self._process.poll()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().decode().strip()

    def _trouble(self) -> WarehouseTrouble:
        self._process.wait()
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip()
        if "ModuleNotFoundError" in said:
            words = f"the {self._kept.name} needs the packages of the demo: run `{DEMO_PACKAGES}`"
            return WarehouseTrouble(", or ".join(filter(None, (words, self._kept.otherwise))))
        return WarehouseTrouble(
            f"{self._kept.server} does not start: {_OUR_ERROR.sub('', said.rpartition(chr(10))[2])}"
        )
