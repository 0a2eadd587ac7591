"""Files that somebody meant as configs and that would otherwise do nothing, silently."""

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path

from summary_tables.configs.file_content import is_there, read_content
from summary_tables.model.problem import WHOLE_FILE, Finding, Problem

_CONFIG_LIKE = (".yaml", ".yml", ".json", ".txt")


def overlooked_files(folder: Path, called: str = "configs", known_folder: str = "") -> Iterator[Problem]:
    """Those of `folder`, whose files are `called` so. `known_folder` is one below it that somebody else reads."""
    for path in sorted(found for found in folder.iterdir() if not found.name.startswith(".")):
        if path.is_dir():
            if path.name != known_folder or path.is_symlink():
                yield from _overlooked_folder(path)
        elif path.suffix != ".yaml" and _is_config_like(path):
            name = f"{path.name.partition('.')[0]}.yaml"
            fix = (
                f"move what it says to {name}, and delete it"
                if is_there(path.with_name(name))
                else f"rename it to {name}"
            )
            yield overlooked(path, f"the file is not read: {called} end in .yaml", fix)


_MOST_FOLDERS_LOOKED_INTO = 100


def _overlooked_folder(path: Path) -> Iterator[Problem]:
    """What a link leads to is not looked at: it may be the whole machine. One that ends in .yaml is told already."""
    fix = "move them up into the folder above"
    if path.is_symlink():
        if path.suffix == ".yaml":
            return
        yield overlooked(
            path, "it is a link to a folder, and the files there are not read", "put the files themselves here"
        )
    elif any(map(_looks_like_yaml, _names_below(path))):
        yield overlooked(path, "the files in this folder are not read", fix)


def _names_below(path: Path) -> Iterator[str]:
    """Folders that nobody may read, and more of them than anybody makes by hand, are left out."""
    for _, _, names in islice(os.walk(path), _MOST_FOLDERS_LOOKED_INTO):
        yield from names


def _looks_like_yaml(name: str) -> bool:
    return fnmatchcase(name, "*.y*ml")


_MAIN_SQL_LINE = re.compile(rb"^main_sql:", re.MULTILINE)
_MOST_BYTES_LOOKED_AT = 100_000


def _is_config_like(path: Path) -> bool:
    """By its ending, or by what it says, such as `orders`, `orders.sql` or `orders.yaml.bak`."""
    if path.suffix.lower() in (*_CONFIG_LIKE, ".md"):
        return path.suffix.lower() in _CONFIG_LIKE
    content = read_content(path, _MOST_BYTES_LOOKED_AT)
    return isinstance(content, bytes) and _MAIN_SQL_LINE.search(content) is not None


def overlooked(path: Path, message: str, fix: str) -> Problem:
    """What is said of a file or folder that is not read."""
    return Problem.of(Finding(place=WHOLE_FILE, rule="file-name", message=message, fix=fix), path)
