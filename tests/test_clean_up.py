"""Killed tests leave nothing that runs, and nothing that fills the memory."""

import subprocess
import sys
from pathlib import Path

from demo.processes import ends_within, mark
from tests.clean_up import FOLDER_VARIABLE, processes_of
from tests.conftest import REPOSITORY

KILLED = """
import os, pathlib, signal, subprocess, sys
folder, program = sys.argv[1:]
cleaner = subprocess.Popen([sys.executable, program, folder, "0"], stdin=subprocess.PIPE, start_new_session=True)
options = {"start_new_session": True, "stdout": subprocess.DEVNULL}
subprocess.Popen(["sleep", "600"], cwd=folder, env={}, **options)
subprocess.Popen(["sleep", "600"], env=os.environ | {"%s": folder}, **options)
subprocess.Popen(["sleep", "600"], env=os.environ | {"%s": folder + "-of-others"}, **options)
print(cleaner.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
""" % ((FOLDER_VARIABLE,) * 2)


def test_what_killed_tests_have_started_ends_and_their_folder_goes(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "data").touch()
    command = [sys.executable, "-c", KILLED, str(folder), str(REPOSITORY / "tests" / "clean_up.py")]
    killed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    cleaner = mark(int(killed.stdout))
    assert not cleaner or ends_within(cleaner, 300)
    assert not folder.exists()
    assert list(processes_of(folder)) == []
    (others,) = processes_of(Path(f"{folder}-of-others"))
    others.kill()
