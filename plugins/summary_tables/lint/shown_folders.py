"""What messages call the folders of one call."""

from collections.abc import Mapping, Sequence
from pathlib import Path


def shown_folders(folders: Sequence[Path]) -> Mapping[Path, str]:
    """The name of each folder; where several share it, as many folders above as tell them apart.

    `folders` are absolute and differ.
    """
    names: dict[Path, str] = {}
    for folder in folders:
        others = [other for other in folders if other != folder]
        names[folder] = next(name for name in _names(folder) if not any(_ends(other, name) for other in others))
    return names


def _names(folder: Path) -> list[str]:
    """From its own name to its whole path."""
    steps = [step for step in folder.parts if step != folder.anchor]
    return [*("/".join(steps[-count:]) for count in range(1, len(steps) + 1)), folder.as_posix()]


def _ends(folder: Path, name: str) -> bool:
    return f"/{folder.as_posix().lstrip('/')}".endswith(f"/{name}")
