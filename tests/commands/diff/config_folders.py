"""States of `dag_configs/`, for tests."""

from pathlib import Path

from summary_tables.configs.folder import ConfigFolder, read_folder


def table(name: str, sql: str = "SELECT 1 AS one", more: str = "") -> str:
    """The file of a table; `more` are further lines."""
    lines = "".join(f"  {line}\n" for line in sql.splitlines())
    return f"table: {name}\nschema: analytics\nmain_sql: |\n{lines}{more}"


def folder_of(place: Path, **files: str) -> ConfigFolder:
    """A folder with these files, by name without `.yaml`."""
    path = place / "dag_configs"
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.yaml").write_text(text, "utf-8")
    return read_folder(path)
