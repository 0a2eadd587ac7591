"""Commits of a git repository, read through `git`, with arguments and never through a shell."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from summary_tables.configs.file_content import MOST_BYTES

_DEFAULT_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_DEEPEN = "fetch all of it: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"


class GitError(Exception):
    """What was asked of git has no answer. The text says it in plain words, with what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GitFolder:
    """A folder of a git repository. `path` is where it stands, or would stand; `inside` its way from the root."""

    root: Path
    path: Path
    inside: PurePosixPath


def git_folder(path: Path) -> GitFolder:
    """The folder at `path`, which need not exist now. Raises GitError where no repository is around it."""
    place = path.absolute()
    existing = next(parent for parent in (place, *place.parents) if parent.is_dir())
    found = _run(existing, "rev-parse", "--show-toplevel")
    if found.returncode:
        raise GitError(f"{path} is not in a git repository ({_words(found)}); run this in a clone")
    root, real = Path(_text(found)).resolve(), place.resolve()
    if not real.is_relative_to(root):
        raise GitError(f"{path} is a link that leads out of its git repository; name the folder itself")
    return GitFolder(root=root, path=place, inside=PurePosixPath(real.relative_to(root).as_posix()))


def commit(folder: GitFolder, name: str) -> str:
    """The id of the commit that `name` means. Raises GitError."""
    if name.startswith("-"):
        raise GitError(f"`{name}` is not the name of a commit; name a branch, a tag or a commit")
    found = _run(folder.root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if not found.returncode:
        return _text(found)
    if _is_shallow(folder):
        raise GitError(f"this clone has only part of the history, and `{name}` is not in it; {_DEEPEN}")
    raise GitError(f"git knows no commit `{name}`; fetch it first, or name another branch, tag or commit")


def fork_point(folder: GitFolder, base: str | None, head: str) -> str:
    """The id of the commit at which `head` left `base`: what came to `base` later is no change of the branch.

    `base` None: the default branch of `origin`, or else `main` or `master`. Raises GitError.
    """
    name = base if base is not None else _default_branch(folder)
    found = _run(folder.root, "merge-base", commit(folder, name), commit(folder, head))
    if not found.returncode:
        return _text(found)
    if _is_shallow(folder):
        raise GitError(f"this clone has only part of the history, not up to where `{name}` was left; {_DEEPEN}")
    raise GitError(f"`{name}` and `{head}` have no commit in common; name the branch that this one came from")


def write_folder(folder: GitFolder, commit_id: str, destination: Path) -> tuple[str, ...]:
    """Writes the files of the folder, as they were in a commit, to `destination`, which is empty. Raises GitError.

    A link is written as a link: whoever reads the folder judges both sides alike. Of a file that is too large for a
    config there is the size only. Returns the names that this machine cannot write.
    """
    entries = list(_entries(folder, commit_id))
    read = [entry for entry in entries if entry.size <= MOST_BYTES]
    contents = {entry.path: content for entry, content in zip(read, _contents(folder, commit_id, read), strict=True)}
    return tuple(entry.path.as_posix() for entry in entries if not _written(entry, contents, destination))


ChangeKind = Literal["added", "changed", "deleted"]
_KINDS: Final[Mapping[str, ChangeKind]] = {"A": "added", "D": "deleted"}


def changed_files(
    folder: GitFolder, base: str, head: str | None, below: Sequence[PurePosixPath]
) -> Mapping[PurePosixPath, ChangeKind]:
    """The files in the folders `below`, all of them from the root of the repository, that differ from commit `base`.

    `head` None: as they are now, those that git does not know yet left out. A file that moves is deleted and added.
    Raises GitError.
    """
    commits = (base,) if head is None else (base, head)
    places = (place.as_posix() for place in below)
    found = _run(folder.root, "diff", "--name-status", "--no-renames", "-z", *commits, "--", *places)
    if found.returncode:
        raise GitError(f"git cannot compare commit {base[:12]}: {_words(found)}")
    parts = [os.fsdecode(part) for part in found.stdout.split(b"\0") if part]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {PurePosixPath(path): _KINDS.get(letter[:1], "changed") for letter, path in pairs}


def renamed_files(
    folder: GitFolder, base: str, head: str | None, below: Sequence[PurePosixPath]
) -> Mapping[PurePosixPath, PurePosixPath]:
    """Of the same files, those that are called otherwise and are much as they were: the old path -> the new one."""
    commits = (base,) if head is None else (base, head)
    places = (place.as_posix() for place in below)
    asked = ("diff", "--find-renames", "--diff-filter=R", "--name-status", "-z", *commits, "--", *places)
    found = _run(folder.root, *asked)
    parts = [os.fsdecode(part) for part in found.stdout.split(b"\0") if part]
    return {PurePosixPath(old): PurePosixPath(new) for old, new in zip(parts[1::3], parts[2::3], strict=True)}


def file_at(folder: GitFolder, commit_id: str, path: PurePosixPath) -> bytes | None:
    """The content of a file, by its path from the root of the repository; None: it is not in that commit."""
    found = _run(folder.root, "cat-file", "blob", f"{commit_id}:{path.as_posix()}")
    return None if found.returncode else found.stdout


def contents_at(
    folder: GitFolder,
    commit_id: str,
    wanted: Callable[[PurePosixPath], bool],
    is_only_named: Callable[[PurePosixPath], bool],
) -> Mapping[PurePosixPath, bytes]:
    """The files of the folder that are `wanted`, as they were in a commit, by their way in it. Raises GitError.

    Those that `is_only_named` are empty, however large they are. Links are left out, as are files that are too large
    for a config.
    """
    entries = [entry for entry in _entries(folder, commit_id) if not entry.is_link and wanted(entry.path)]
    read = [entry for entry in entries if not is_only_named(entry.path) and entry.size <= MOST_BYTES]
    found = _contents(folder, commit_id, read) if read else iter(())
    named = {entry.path: b"" for entry in entries if is_only_named(entry.path)}
    return named | {entry.path: content for entry, content in zip(read, found, strict=True)}


def _written(entry: "_Entry", contents: Mapping[PurePosixPath, bytes], destination: Path) -> bool:
    target = destination / entry.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if entry.is_link:
            target.symlink_to(os.fsdecode(contents.get(entry.path, b"/")))
            return True
        target.write_bytes(contents.get(entry.path, b""))
        if entry.path not in contents:
            os.truncate(target, MOST_BYTES + 1)
    except (OSError, ValueError):
        return False
    return True


def _default_branch(folder: GitFolder) -> str:
    for name in _DEFAULT_BRANCHES:
        if not _run(folder.root, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").returncode:
            return name
    if _is_shallow(folder):
        raise GitError(f"this clone has only part of the history, and no branch to compare with; {_DEEPEN}")
    raise GitError("there is no branch `main` or `master` to compare with; name one: `summary-tables diff BRANCH`")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A file or link of a commit; `path` is its way in the folder."""

    path: PurePosixPath
    blob: str
    size: int
    is_link: bool


def _entries(folder: GitFolder, commit_id: str) -> Iterator[_Entry]:
    """The files and links of the folder. What belongs to another repository, a submodule, has no content here."""
    inside = "" if folder.inside == PurePosixPath(".") else f"{folder.inside.as_posix()}/"
    where = ["--", inside] if inside else []
    listed = _run(folder.root, "ls-tree", "-r", "-z", "--long", "--full-tree", commit_id, *where)
    if listed.returncode:
        raise GitError(f"git cannot list {folder.inside} of commit {commit_id[:12]}: {_words(listed)}")
    for entry in filter(None, listed.stdout.split(b"\0")):
        details, _, raw_path = entry.partition(b"\t")
        mode, _, blob, size = details.decode("ascii").split()
        path = PurePosixPath(os.fsdecode(raw_path).removeprefix(inside))
        if mode.startswith(("100", "120")) and not path.is_absolute() and ".." not in path.parts:
            if not size.isdecimal():
                raise _missing(path, commit_id)
            yield _Entry(path=path, blob=blob, size=int(size), is_link=mode.startswith("120"))


def _contents(folder: GitFolder, commit_id: str, entries: Sequence[_Entry]) -> Iterator[bytes]:
    """The content of each of `entries`, in their order."""
    asked = "".join(f"{entry.blob}\n" for entry in entries).encode("ascii")
    found = _run(folder.root, "cat-file", "--batch", stdin=asked)
    if found.returncode:
        raise GitError(f"git cannot read the files of {folder.inside} of commit {commit_id[:12]}: {_words(found)}")
    end = -1
    for entry in entries:
        start = found.stdout.find(b"\n", end + 1) + 1
        size = found.stdout[end + 1 : start].split()[-1:]
        if not start or not size or not size[0].isdigit():
            raise _missing(entry.path, commit_id)
        end = start + int(size[0])
        yield found.stdout[start:end]


def _missing(path: PurePosixPath, commit_id: str) -> GitError:
    """Both a clone that leaves files out and a damaged one are fixed so."""
    return GitError(
        f"this clone lacks the content of {path} in commit {commit_id[:12]}; clone the repository anew and whole,"
        " without `--filter`"
    )


def _is_shallow(folder: GitFolder) -> bool:
    return _text(_run(folder.root, "rev-parse", "--is-shallow-repository")) == "true"


def _run(where: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # In English, and never waiting for a password.
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(
            ["git", "-C", str(where), *arguments], input=stdin, capture_output=True, env=environment, check=False
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed; install it, or look at the comment in the pull request") from error


def _text(found: subprocess.CompletedProcess[bytes]) -> str:
    return os.fsdecode(found.stdout).strip()


def _words(found: subprocess.CompletedProcess[bytes]) -> str:
    """What git says of its failure: its first line."""
    return next(iter(found.stderr.decode("utf-8", "replace").strip().splitlines()), "no reason given")
