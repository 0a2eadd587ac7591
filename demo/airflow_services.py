"""Airflow's services as child processes of the demo."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from demo.problem import DemoError, last_lines
from demo.processes import ProcessMark, mark, session_members, stop

SERVICES = {
    "api-server": ["api-server"],
    # Logs are read from the disk: nobody needs a server for them.
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    # What tables of others are waited for in.
    "triggerer": ["triggerer", "--skip-serve-logs"],
}

STOP_SECONDS = 40
PATIENCE_SECONDS = 900
"""Only ends what would never end: on a busy machine a command of Airflow's takes minutes to start."""


class AirflowServices:
    """Runs Airflow commands through `demo.airflow_launcher`, in a session of their own.

    `home` is their working directory and AIRFLOW_HOME, `postgres` the process id of the server they use, `python` the
    program of the environment in which Airflow is installed, `preloaded` modules that will not change meanwhile.
    """

    def __init__(
        self,
        environment: dict[str, str],
        home: Path,
        logs: Path,
        postgres: int,
        python: str = sys.executable,
        preloaded: Sequence[str] = (),
    ) -> None:
        self._logs = logs
        self._home = home
        self._codes: dict[str, int] = {}
        self._changed = threading.Condition()
        repository = Path(__file__).parents[1]
        with (logs / "launcher.log").open("wb") as errors:
            self._launcher = subprocess.Popen(
                [python, "-m", "demo.airflow_launcher", str(logs), str(postgres), *preloaded],
                env=environment | {"PYTHONPATH": str(repository), "AIRFLOW__DATABASE__CHECK_MIGRATIONS": "False"},
                cwd=home,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        self.mark = mark(self._launcher.pid) or ProcessMark(pid=self._launcher.pid, started=time.time())
        threading.Thread(target=self._listen, daemon=True).start()

    def run(self, name: str, arguments: list[str]) -> None:
        """Starts `airflow <arguments>`; its output goes to `<name>.log`."""
        assert self._launcher.stdin
        try:
            self._launcher.stdin.write(json.dumps({"name": name, "arguments": arguments}).encode() + b"\n")
            self._launcher.stdin.flush()
        except BrokenPipeError:
            raise self._failure("launcher") from None

    def start(self, name: str) -> None:
        """Starts one of SERVICES, also again."""
        self._codes.pop(name, None)
        self.run(name, SERVICES[name])

    def await_end(self, name: str) -> None:
        """Waits until a command has ended, however it did."""
        with self._changed:
            self._changed.wait_for(lambda: name in self._codes, STOP_SECONDS)

    def finish(self, name: str) -> None:
        """Waits until a command has ended. Raises DemoError when it, or a service, failed."""
        self.wait_until(lambda: name in self._codes)
        if self._codes[name]:
            raise self._failure(name)

    def wait_until(
        self,
        condition: Callable[[], bool],
        seconds: float = PATIENCE_SECONDS,
        what: str = "Airflow",
        every: float = 0.2,
    ) -> None:
        """Waits until `condition`, asked `every` so many seconds. Raises DemoError: a service ended, or too late."""
        deadline = time.monotonic() + seconds
        while not condition():
            self.check()
            if time.monotonic() > deadline:
                raise DemoError(f"{what} took longer than {seconds:.0f} seconds. The logs are in {self._logs}")
            with self._changed:
                self._changed.wait(every)

    def check(self) -> None:
        """Raises DemoError when a service has ended by itself."""
        if self._launcher.poll() is not None:
            raise self._failure("launcher")
        for name in SERVICES.keys() & self._codes.keys():
            raise self._failure(name)

    def stop(self) -> None:
        """Stops everything that was started, and what it started."""
        assert self._launcher.stdin
        self._launcher.stdin.close()
        try:
            self._launcher.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._launcher.kill()
            self._launcher.wait()
        stop_session(self.mark, self._home)

    def _listen(self) -> None:
        assert self._launcher.stdout
        for line in self._launcher.stdout:
            event = json.loads(line)
            with self._changed:
                if "code" in event:
                    self._codes[event["name"]] = event["code"]
                self._changed.notify_all()

    def _failure(self, name: str) -> DemoError:
        log = self._logs / f"{name}.log"
        text = log.read_text(errors="replace") if log.exists() else ""
        what = "The process that starts Airflow" if name == "launcher" else f"Airflow's {name}"
        return DemoError(f"{what} ended. {last_lines(str(log), text)}")


def stop_session(launcher: ProcessMark, home: Path) -> int:
    """Stops what is left of a launcher's session; `home` is the working directory of all that belongs to it.

    Returns how many processes there were.
    """
    found = session_members(launcher, home)
    for process in found:
        stop(process)
    return len(found)
