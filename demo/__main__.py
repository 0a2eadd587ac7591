"""`python -m demo`: builds the three summary tables with Airflow on an embedded PostgreSQL, and shows them.

Environment: ONCE=1 ends the demo after that, with exit code 0 only if all three tables were published. DEMO_HOME is the
folder for everything the demo writes (default: .demo in the repository). NPS_ROWS=100000 loads only so many rows of
raw_data.nps, fewer than the check of nps_summary demands: shows a failing check.
"""

import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import psycopg

from demo import show
from demo.postgres_programs import PostgresError
from demo.problem import DemoError, Interrupted
from demo.progress import Progress
from demo.stage import REPOSITORY, set_stage
from demo.state import State

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    """Runs the demo; returns the exit code."""
    for number in SIGNALS:
        signal.signal(number, interrupt)
    home = Path(os.environ.get("DEMO_HOME") or REPOSITORY / ".demo")
    with Progress() as progress:
        try:
            state = State(home)
            state.lock()
            return run(state, progress)
        except Interrupted as interrupted:
            return 128 + interrupted.signal_number
        except (DemoError, PostgresError, psycopg.Error, OSError) as problem:
            progress.say(f"\n{problem}")
            return 1


def run(state: State, progress: Progress) -> int:
    """From start to stop. Ctrl-C is the usual end of a demo that showed its tables, and no failure."""
    once = os.environ.get("ONCE", "") not in ("", "0")
    shown = False
    with ExitStack() as stack:
        stack.callback(progress.done, "Everything has been stopped")
        try:
            stage = set_stage(state, progress, stack, os.environ.get("NPS_ROWS", ""))
            shown = show.present(stage, show.build(stage, progress), progress)
            if not once:
                show.welcome(stage, state, progress)
                show.stay(stage, progress)
        except Interrupted:
            if not shown:
                raise
        finally:
            ignore_signals()
            progress.doing("Stopping everything ...")
    return 0 if shown else 1


def interrupt(number: int, _frame: FrameType | None) -> None:
    """Ends the demo at the next statement."""
    ignore_signals()
    raise Interrupted(number)


def ignore_signals() -> None:
    """Stopping is not to be interrupted; it takes seconds."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
