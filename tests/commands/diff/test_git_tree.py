"""Commits read through git, and in plain words why not."""

import os
from pathlib import Path, PurePosixPath

import pytest

from summary_tables.commands.diff.git_tree import GitError, GitFolder, commit, fork_point, git_folder, write_folder
from tests.commands.diff.git_repository import GitRepository, new_repository

DEEPEN = "fetch all of it: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    found = new_repository(tmp_path / "clone")
    found.write({"a": "one\n"})
    found.commit()
    return found


@pytest.fixture
def folder(repository: GitRepository) -> GitFolder:
    return git_folder(repository.folder)


def test_folder_below_the_root_and_one_that_is_gone(repository: GitRepository) -> None:
    found = git_folder(repository.root / "deep" / "er" / "configs")
    assert (found.root, found.inside) == (repository.root.resolve(), PurePosixPath("deep/er/configs"))


def test_files_are_those_of_the_commit(repository: GitRepository, folder: GitFolder, tmp_path: Path) -> None:
    first = commit(folder, "HEAD")
    repository.write({"a": "two\n", "매출 요약": "three\n"})
    repository.commit()
    repository.write({"a": "not committed\n"})
    for name, expected in ((first, {"a.yaml": "one\n"}), ("HEAD", {"a.yaml": "two\n", "매출 요약.yaml": "three\n"})):
        target = tmp_path / name
        target.mkdir()
        write_folder(folder, commit(folder, name), target)
        assert {path.name: path.read_text() for path in target.iterdir()} == expected


def test_binary_and_empty_files_pass_unharmed(repository: GitRepository, folder: GitFolder, tmp_path: Path) -> None:
    (repository.folder / "bytes.yaml").write_bytes(b"\0\xff\n\n\r\n")
    (repository.folder / "empty.yaml").write_bytes(b"")
    write_folder(folder, repository.commit(), tmp_path)
    assert (tmp_path / "bytes.yaml").read_bytes() == b"\0\xff\n\n\r\n"
    assert (tmp_path / "empty.yaml").read_bytes() == b""


def test_links_stay_links(repository: GitRepository, folder: GitFolder, tmp_path: Path) -> None:
    """Whoever reads the folder refuses those that lead out of it, on both sides in the same words."""
    (repository.folder / "link.yaml").symlink_to("/etc/passwd")
    (repository.folder / "sub").mkdir()
    (repository.folder / "sub" / "b.yaml").write_text("b")
    target = tmp_path / "target"
    write_folder(folder, repository.commit(), target)
    assert sorted(path.name for path in target.iterdir()) == ["a.yaml", "link.yaml", "sub"]
    assert (target / "link.yaml").readlink() == Path("/etc/passwd")


def _write_tree(repository: GitRepository, entries: bytes) -> str:
    """A commit whose `dag_configs/` holds `entries`, which no disk could hold."""
    inner = repository.git_bytes("mktree", "-z", "--missing", stdin=entries)
    outer = repository.git_bytes("mktree", stdin=b"040000 tree " + inner + b"\tdag_configs\n")
    return repository.git("commit-tree", outer.decode(), "-m", "change")


def test_name_that_no_disk_takes_is_left_out_and_told(
    repository: GitRepository, folder: GitFolder, tmp_path: Path
) -> None:
    blob = repository.git_bytes("hash-object", "-w", "--stdin", stdin=b"a")
    long = "long" * 80 + ".yaml"
    entries = b"".join(
        b"100644 blob " + blob + b"\t" + name + b"\0" for name in (long.encode(), b"caf\xe9.yaml", b"b.yaml")
    )
    target = tmp_path / "target"
    assert write_folder(folder, _write_tree(repository, entries), target) == (long,)
    assert sorted(os.fsencode(path.name) for path in target.iterdir()) == [b"b.yaml", b"caf\xe9.yaml"]


def test_content_that_the_clone_lacks_is_told_in_words(
    repository: GitRepository, folder: GitFolder, tmp_path: Path
) -> None:
    entries = b"100644 blob " + b"12345678" * 5 + b"\ta.yaml\0"
    commit_id = _write_tree(repository, entries)
    with pytest.raises(GitError) as caught:
        write_folder(folder, commit_id, tmp_path / "target")
    assert str(caught.value) == (
        f"this clone lacks the content of a.yaml in commit {commit_id[:12]}; clone the repository anew and whole, "
        "without `--filter`"
    )


def test_large_file_and_submodule_are_not_fetched(repository: GitRepository, folder: GitFolder, tmp_path: Path) -> None:
    large = repository.git_bytes("hash-object", "-w", "--stdin", stdin=b"x" * 2_000_000)
    entries = b"100644 blob " + large + b"\tlarge.yaml\x00160000 commit " + b"12345678" * 5 + b"\tsub.yaml\0"
    target = tmp_path / "target"
    assert write_folder(folder, _write_tree(repository, entries), target) == ()
    assert [(path.name, path.stat().st_size) for path in target.iterdir()] == [("large.yaml", 1_000_001)]


def test_folder_that_leads_out_of_the_repository(repository: GitRepository, tmp_path: Path) -> None:
    linked = repository.root / "linked"
    linked.symlink_to(tmp_path / "nowhere")
    with pytest.raises(GitError) as caught:
        git_folder(linked)
    assert str(caught.value) == f"{linked} is a link that leads out of its git repository; name the folder itself"


def test_commit_without_the_folder_gives_no_files(repository: GitRepository, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    write_folder(git_folder(repository.root / "other"), repository.commit(), target)
    assert list(target.iterdir()) == []


def test_fork_point_leaves_out_what_came_to_the_base_later(repository: GitRepository, folder: GitFolder) -> None:
    left = commit(folder, "main")
    repository.git("switch", "--quiet", "--create", "branch")
    repository.write({"b": "b"})
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.write({"c": "c"})
    repository.commit()
    assert fork_point(folder, "main", "branch") == fork_point(folder, None, "branch") == left


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nobody", "git knows no commit `nobody`; fetch it first, or name another branch, tag or commit"),
        ("--help", "`--help` is not the name of a commit; name a branch, a tag or a commit"),
        ("-", "`-` is not the name of a commit; name a branch, a tag or a commit"),
        ("main; ls", "git knows no commit `main; ls`; fetch it first, or name another branch, tag or commit"),
        (
            "main:dag_configs",
            "git knows no commit `main:dag_configs`; fetch it first, or name another branch, tag or commit",
        ),
    ],
)
def test_no_such_commit(folder: GitFolder, name: str, words: str) -> None:
    with pytest.raises(GitError) as raised:
        commit(folder, name)
    assert str(raised.value) == words


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError) as raised:
        git_folder(tmp_path)
    assert str(raised.value) == (
        f"{tmp_path} is not in a git repository (fatal: not a git repository (or any of the parent directories): "
        ".git); run this in a clone"
    )


def test_git_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError) as raised:
        git_folder(tmp_path)
    assert str(raised.value) == "git is not installed; install it, or look at the comment in the pull request"


def test_branches_without_a_common_commit(repository: GitRepository, folder: GitFolder) -> None:
    repository.git("switch", "--quiet", "--orphan", "island")
    repository.commit()
    with pytest.raises(GitError) as raised:
        fork_point(folder, "main", "island")
    assert str(raised.value) == (
        "`main` and `island` have no commit in common; name the branch that this one came from"
    )


def test_no_default_branch(repository: GitRepository, folder: GitFolder) -> None:
    repository.git("branch", "--move", "trunk")
    with pytest.raises(GitError) as raised:
        fork_point(folder, None, "HEAD")
    assert str(raised.value) == (
        "there is no branch `main` or `master` to compare with; name one: `summary-tables diff BRANCH`"
    )


@pytest.fixture
def shallow(repository: GitRepository, tmp_path: Path) -> GitFolder:
    repository.git("branch", "feature")
    repository.write({"a": "two\n"})
    repository.commit()
    repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.root}", str(tmp_path / "shallow"))
    return git_folder(tmp_path / "shallow" / "dag_configs")


def test_shallow_clone_without_the_base(shallow: GitFolder) -> None:
    with pytest.raises(GitError) as raised:
        fork_point(shallow, "origin/feature", "HEAD")
    assert str(raised.value) == (
        f"this clone has only part of the history, and `origin/feature` is not in it; {DEEPEN}"
    )


def test_shallow_clone_that_ends_before_the_fork(shallow: GitFolder) -> None:
    clone = GitRepository(root=shallow.root)
    clone.git("fetch", "--quiet", "--depth", "1", "origin", "feature:feature")
    with pytest.raises(GitError) as raised:
        fork_point(shallow, "feature", "HEAD")
    assert str(raised.value) == (
        f"this clone has only part of the history, not up to where `feature` was left; {DEEPEN}"
    )


def test_shallow_clone_without_a_default_branch(shallow: GitFolder) -> None:
    clone = GitRepository(root=shallow.root)
    clone.git("switch", "--quiet", "--create", "branch")
    for name in ("origin/main", "origin/HEAD"):
        clone.git("branch", "--delete", "--remotes", name)
    clone.git("branch", "--delete", "--force", "main")
    with pytest.raises(GitError) as raised:
        fork_point(shallow, None, "HEAD")
    assert str(raised.value) == f"this clone has only part of the history, and no branch to compare with; {DEEPEN}"
