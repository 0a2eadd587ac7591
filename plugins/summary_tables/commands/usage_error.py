"""A command that was called wrongly."""


class UsageError(Exception):
    """Its text says what is wrong with the call and what to write; the command ends with `exit_code.USAGE`."""
