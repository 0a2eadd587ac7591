"""Loads the sample data in a process of its own, beside the start of Airflow."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from demo.problem import DemoError, last_lines


class SampleLoad:
    """Started when made. `uri` is an address of the warehouse with a role that may write raw data."""

    def __init__(self, uri: str, nps_rows: str, log: Path, environment: dict[str, str]) -> None:
        self._log = log
        self._started = time.monotonic()
        arguments = ["--nps-rows", nps_rows] if nps_rows else []
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "demo.sample_data", *arguments],
                env=environment | {"WAREHOUSE_URI": uri},
                cwd=Path(__file__).parents[1],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.seconds = 0.0
        threading.Thread(target=self._take_time, daemon=True).start()

    def is_done(self) -> bool:
        """True when the data is there. Raises DemoError when it could not be loaded."""
        code = self._process.poll()
        if code is None:
            return False
        if code:
            raise DemoError(f"Loading the sample data failed. {last_lines(str(self._log), self._log.read_text())}")
        return True

    def rows(self) -> str:
        """How many rows each table has got, in one line."""
        return ", ".join(self._log.read_text().split("\n")[:3])

    def _take_time(self) -> None:
        self._process.wait()
        self.seconds = time.monotonic() - self._started

    def stop(self) -> None:
        """Ends the loading, if it still goes on; the tables are then as before."""
        self._process.kill()
        self._process.wait()
