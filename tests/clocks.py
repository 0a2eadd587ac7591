"""The clocks of the library that run in this process."""

import threading


def running_clocks() -> list[threading.Timer]:
    """Those that may still end something."""
    return [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
