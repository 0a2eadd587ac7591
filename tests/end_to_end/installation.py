"""The package as others have it: a wheel, installed by pip in an environment of its own, away from this repository.

The packages that it needs are those of this repository's environment, seen through links: pip finds them installed, and
refuses the wheel where one of them does not satisfy what the wheel asks for. Nothing else of the repository is seen.
With `INSTALL_FROM_INDEX` set (`make test-installed`) the environment is empty, and pip fetches what is newest.
"""

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

FROM_INDEX = bool(os.environ.get("INSTALL_FROM_INDEX"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A virtual environment in `home`."""

    home: Path

    @property
    def python(self) -> str:
        return str(self.home / "bin" / "python")

    def install(self, found: Path, extras: str) -> None:
        """By pip: it takes the place of the version that was there."""
        options = ["--quiet", "--no-input", *([] if FROM_INDEX else ["--no-index"])]
        _run([self.python, "-m", "pip", "install", *options, f"{found}[{extras}]"], self.home)

    def run(self, *arguments: str, cwd: Path, code: int = 0) -> str:
        """What `summary-tables` prints, on either stream. What it keeps for later is in `cache/` of the environment."""
        done = subprocess.run(
            [str(self.home / "bin" / "summary-tables"), *arguments],
            cwd=cwd,
            env=os.environ | {"XDG_CACHE_HOME": str(self.home / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{done.stdout}{done.stderr}"
        return f"{done.stdout}{done.stderr}"


def make_installation(home: Path) -> Installation:
    """An environment with pip, and with all packages of this repository's but the library itself."""
    _run([sys.executable, "-m", "venv", str(home)], home.parent)
    if FROM_INDEX:
        return Installation(home=home)
    links = home / "links"
    links.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if "summary_tables" not in path.name:
            (links / path.name).symlink_to(path)
    (site_packages,) = home.glob("lib/python3.*/site-packages")
    (site_packages / "links.pth").write_text(f"{links}\n")
    return Installation(home=home)


def _run(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
