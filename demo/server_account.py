"""The account PostgreSQL runs under: it refuses to run as root."""

import os
import pwd
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "pgserver"
"""The name under which the PostgreSQL wheel makes its account too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who the server runs as. `uid` and `gid` are None for the user who runs this process."""

    uid: int | None = None
    gid: int | None = None

    def popen_arguments(self) -> dict[str, object]:
        """What `subprocess` needs to start a program under this account."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hands over `path`, and lets the account pass through the directories above it."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
            let_pass(path)


def server_account() -> Account:
    """The current user; for root an unprivileged account, made when it is missing."""
    if os.geteuid() != 0:
        return Account()
    entry = find_account() or make_account()
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def find_account() -> pwd.struct_passwd | None:
    """The entry of the account, if there is one."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None


def make_account() -> pwd.struct_passwd:
    """Adds the account to the system; another process may do so at the same moment."""
    subprocess.run(["useradd", "--system", "--no-create-home", ACCOUNT], check=False, capture_output=True)
    deadline = time.monotonic() + 60
    while (entry := find_account()) is None:
        if time.monotonic() > deadline:
            raise OSError(f"PostgreSQL does not run as root, and the account {ACCOUNT} could not be added.")
        time.sleep(0.05)
    return entry


def let_pass(path: Path) -> None:
    """Adds the right to pass through (not to list) to every directory above `path` that lacks it."""
    for directory in path.resolve().parents:
        mode = directory.stat().st_mode
        if not mode & stat.S_IXOTH:
            directory.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
