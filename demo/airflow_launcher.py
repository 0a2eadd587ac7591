"""Runs Airflow commands as forks of one process that has imported Airflow once.

Importing takes most of the time in which an Airflow service starts, and the demo starts several.

Reads one JSON object a line from standard input, `{"name": "scheduler", "arguments": ["scheduler"]}`, and writes one
a line: `{"name": "scheduler", "pid": 12}` when a command was started, `{"name": "scheduler", "code": 0}` when it ended.
The output of a command goes to `<name>.log` in the folder given as argument. When standard input ends, which it also
does when the parent was killed, the commands are stopped and then the process whose id is the second argument.
Further arguments are modules that are to be imported beforehand, too.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn, TextIO

from demo.processes import mark, stop

SECONDS_PER_SIGNAL = 3

# The project's own modules are not among them: a change of theirs must show in the next run.
PRELOADED = (
    "airflow.__main__",
    "airflow.cli.commands.dag_processor_command",
    "airflow.cli.commands.db_command",
    "airflow.cli.commands.scheduler_command",
    "airflow.executors.local_executor",
    "airflow.sdk.execution_time.supervisor",
    "airflow.sdk.execution_time.task_runner",
    "airflow.providers.common.sql.operators.sql",
    "airflow.providers.postgres.hooks.postgres",
    "airflow.providers.slack.hooks.slack_webhook",
    "dagfactory",
    "jsonschema",
)


def main() -> None:
    """Serves until standard input ends."""
    logs, server = Path(sys.argv[1]), mark(int(sys.argv[2]))
    # Only events go to the parent: what imported modules print goes to the launcher's log.
    events = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    preload(PRELOADED + tuple(sys.argv[3:]))
    # The person's Ctrl-C is the parent's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running: dict[int, str] = {}
    serve(running, logs, events)
    # The services that others need were started first.
    stop_all(list(reversed(running)))
    report_ended(running, events)
    if server:
        stop(server, signal.SIGINT)


def stop_all(commands: Iterable[int]) -> None:
    """Ends the commands in the order given.

    At the first SIGTERM the scheduler waits for running tasks, at the second one it ends.
    """
    for pid in commands:
        if found := mark(pid):
            stop(found, signal.SIGTERM, signal.SIGTERM, seconds_each=SECONDS_PER_SIGNAL)


def preload(modules: Iterable[str] = PRELOADED) -> None:
    """Imports what all services need, without opening a connection or starting a thread."""
    for module in modules:
        importlib.import_module(module)
    importlib.import_module("airflow.models").import_all_models()


def serve(running: dict[int, str], logs: Path, events: TextIO) -> None:
    """Starts commands and reports ended ones; keeps `running` (name by process id) up to date."""
    received = b""
    while True:
        report_ended(running, events)
        if not select.select([0], [], [], 0.05)[0]:
            continue
        block = os.read(0, 65536)
        if not block:
            return
        *lines, received = (received + block).split(b"\n")
        for line in lines:
            command = json.loads(line)
            pid = launch(command["arguments"], logs / f"{command['name']}.log")
            running[pid] = command["name"]
            report(events, name=command["name"], pid=pid)


def report_ended(running: dict[int, str], events: TextIO) -> None:
    """Reports the commands that have ended since the last call."""
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        report(events, name=running.pop(pid), code=os.waitstatus_to_exitcode(status))


def report(events: TextIO, **event: str | int) -> None:
    """Writes one event; nobody may be left to read it."""
    with contextlib.suppress(BrokenPipeError):
        events.write(json.dumps(event) + "\n")


def launch(arguments: list[str], log: Path) -> int:
    """Forks and runs `airflow <arguments>` in the child. Returns in the parent only: the child's process id."""
    pid = os.fork()
    if not pid:
        run(arguments, log)
    return pid


def run(arguments: list[str], log: Path) -> NoReturn:
    """Becomes the Airflow command."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with log.open("ab", buffering=0) as output, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    sys.argv = ["airflow", *arguments]
    importlib.import_module("airflow.__main__").main()
    sys.exit(0)


if __name__ == "__main__":
    main()
