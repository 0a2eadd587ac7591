"""A real git repository with a `dag_configs/`, for tests."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SETTINGS = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Jin",
    "GIT_AUTHOR_EMAIL": "jin@example.com",
    "GIT_COMMITTER_NAME": "Jin",
    "GIT_COMMITTER_EMAIL": "jin@example.com",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GitRepository:
    root: Path

    @property
    def folder(self) -> Path:
        return self.root / "dag_configs"

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env={**_SETTINGS, "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def git_bytes(self, *arguments: str, stdin: bytes) -> bytes:
        done = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env={**_SETTINGS, "PATH": os.environ["PATH"]},
            input=stdin,
            capture_output=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str]) -> None:
        """`files`: text by name without `.yaml`, in `dag_configs/`."""
        self.folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (self.folder / f"{name}.yaml").write_text(text, "utf-8")

    def delete(self, *names: str) -> None:
        for name in names:
            (self.folder / f"{name}.yaml").unlink()

    def commit(self) -> str:
        """The id of a commit of all that is there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "change")
        return self.git("rev-parse", "HEAD")


def new_repository(root: Path) -> GitRepository:
    """An empty one on the branch `main`."""
    root.mkdir(parents=True, exist_ok=True)
    repository = GitRepository(root=root)
    repository.git("init", "--quiet", "--initial-branch", "main")
    return repository
