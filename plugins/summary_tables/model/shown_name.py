"""What messages call a file."""

from pathlib import Path


def shown_name(path: Path, folder: str = "") -> str:
    """`folder`, or the name of the folder in which the file stands, and the name of the file."""
    return f"{folder or _printable(path.absolute().parent.name)}/{_printable(path.name)}"


def _printable(name: str) -> str:
    """A file may be called anything: bytes that are no UTF-8, ends of lines, what steers a terminal."""
    return name if name.isprintable() else "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in name)
