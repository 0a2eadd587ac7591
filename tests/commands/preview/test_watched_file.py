"""Waiting for a save."""

import threading
from pathlib import Path

from summary_tables.commands.preview.watched_file import WatchedFile


def test_a_save_before_the_wait_is_not_missed(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("1")
    watched = WatchedFile(file)
    file.write_text("22")
    watched.wait()


def test_another_file_that_counts(tmp_path: Path) -> None:
    file, defaults = tmp_path / "a.yaml", tmp_path / "defaults.yaml"
    file.write_text("1")
    watched = WatchedFile(file, defaults)
    defaults.write_text("1")
    watched.wait()
    defaults.unlink()
    watched.wait()


def test_a_file_that_is_gone_for_a_moment(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("1")
    watched = WatchedFile(file)
    file.unlink()
    waiting = threading.Thread(target=watched.wait, daemon=True)
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()
    file.write_text("1")
    waiting.join(300)
    assert not waiting.is_alive()
