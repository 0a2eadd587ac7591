"""The files and folders that a call of lint means."""

from collections.abc import Sequence
from pathlib import Path

from summary_tables.commands.options.folder_option import configs_here
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs import config as config_files
from summary_tables.text.spelling import nearest

_FOLDER = config_files.FOLDER_NAME
_CONFIG_LIKE = (".yaml", ".yml", ".json", ".txt")


def lint_paths(given: Sequence[str]) -> list[Path]:
    """Paths that exist. Without any: the `dag_configs/` that is nearest, see `configs_here`.

    A folder that holds `dag_configs/`, such as the repository, stands for that. Raises UsageError.
    """
    return [_checked(Path(path)) for path in given] or [_configs_here()]


def _configs_here() -> Path:
    if (found := configs_here()).is_dir():
        return found
    raise UsageError(f"there is no {_FOLDER}/ here; name the files or the folder to check")


def _checked(path: Path) -> Path:
    try:
        path.lstat()
        is_folder, is_file = path.is_dir(), path.is_file()
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist{_nearest(path)}") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {(error.strerror or 'unknown error').lower()}") from None
    if is_folder:
        return path / _FOLDER if (path / _FOLDER).is_dir() else path
    if path.is_symlink() and not is_file:
        raise UsageError(f"{path} is a link that leads to no file")
    if not is_file:
        raise UsageError(f"{path} is neither a file nor a folder")
    if path.suffix.lower() not in _CONFIG_LIKE:
        raise UsageError(f"{path} is not a config: the name of a config ends in .yaml")
    return path


def _nearest(path: Path) -> str:
    config = Path(_FOLDER, f"{path.name}.yaml")
    if path.name == str(path) and config.is_file():
        return f"; the file of that table is {config}"
    try:
        names = sorted(found.name for found in path.parent.iterdir())
    except OSError:
        return ""
    near = nearest(path.name, names)
    return f"; the nearest name there is {near}" if near else ""
