"""What stops the demo, in words for the person who started it."""


class DemoError(Exception):
    """The text says what is wrong and what to do."""


class Interrupted(BaseException):
    """The person, the terminal or the system asked the demo to stop."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


def last_lines(path: str, text: str, count: int = 12) -> str:
    """The end of a log, with the place of the whole."""
    return "\n".join([f"The last lines of {path}:", *(f"    {line}" for line in text.strip().splitlines()[-count:])])
