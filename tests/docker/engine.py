"""Whether a server can be had on this machine: an engine that answers, Docker Compose, and the images."""

import re
import subprocess

from tests.compose.compose_file import REPOSITORY, render
from tests.compose.env_example import new_environment

PULL_SECONDS = 600


def why_no_server() -> str:
    """In plain words; empty where one can be had. Pulls the images that are not here."""
    if not _succeeds("docker", "compose", "version"):
        return "there is no `docker compose`"
    if not _succeeds("docker", "version"):
        return "no Docker engine answers"
    absent = [image for image in images() if not is_here(image)]
    return f"these images are not here and cannot be pulled: {', '.join(absent)}" if absent else ""


def images() -> list[str]:
    """Those that nobody builds here."""
    base = re.search(r"^FROM (\S+)", (REPOSITORY / "Dockerfile").read_text(), re.MULTILINE)
    assert base
    services = render(new_environment())
    return [base[1], services["postgres"].image, services["redis"].image]


def is_here(image: str) -> bool:
    """Now, at the latest."""
    return _succeeds("docker", "image", "inspect", image) or _succeeds("docker", "pull", image)


def _succeeds(*words: str) -> bool:
    try:
        return subprocess.run(words, check=False, capture_output=True, timeout=PULL_SECONDS).returncode == 0
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False
