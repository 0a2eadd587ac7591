"""Which files of a project are read, as they stand on a disk."""

import os
from pathlib import Path, PurePosixPath

from summary_tables.dbt.project_texts import MOST_BYTES, files_on_disk, texts_on_disk


def test_what_decides_what_is_built_is_read(tmp_path: Path) -> None:
    """Not what dbt writes, brings or logs, nor what is hidden, no file at all, or larger than people write."""
    for name in (
        "dbt_project.yml",
        "models/orders.sql",
        "models/target/sales.sql",
        "models/notes.md",
        "models/.hidden.sql",
        ".git/a.sql",
        "target/compiled/orders.sql",
        "dbt_packages/others/models/a.sql",
        "logs/a.sql",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "seeds").mkdir()
    for name in ("seeds/large.csv", "models/large.sql"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(MOST_BYTES + 1)
    with (tmp_path / "models" / "largest.sql").open("wb") as file:
        file.truncate(MOST_BYTES)
    os.mkfifo(tmp_path / "models" / "pipe.sql")
    os.mkfifo(tmp_path / "seeds" / "pipe.csv")
    (tmp_path / "models" / "ring.sql").symlink_to("ring.sql")
    (tmp_path / "models" / "link.sql").symlink_to("orders.sql")
    (tmp_path / "models" / "folder.sql").mkdir()
    found = dict(files_on_disk(tmp_path))
    assert len(found.pop(PurePosixPath("models/largest.sql"))) == MOST_BYTES
    assert {path.as_posix(): content.decode() for path, content in found.items()} == {
        "dbt_project.yml": "dbt_project.yml",
        "models/orders.sql": "models/orders.sql",
        "models/target/sales.sql": "models/target/sales.sql",
        "models/link.sql": "models/orders.sql",
        "seeds/large.csv": "",
    }


def test_bytes_that_are_no_text_are_read_as_far_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_bytes(b"SELECT '\xb0'")
    assert texts_on_disk(tmp_path) == {"a.sql": "SELECT '\ufffd'"}
