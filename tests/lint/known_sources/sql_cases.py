"""The queries of a file of cases, each behind a comment that says what it shows."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.lint.build_check import broken_rules
from summary_tables.lint.known_sources.engine import Describer, KnownSourcesCheck
from summary_tables.lint.rules import BUILD_RULES

CASES = Path(__file__).parents[2] / "cases" / "known_sources"


def cases(name: str) -> Iterator[tuple[str, str]]:
    """What each shows, and the query."""
    for block in (CASES / name).read_text("utf-8").split("\n\n"):
        title, _, query = block.strip("\n").partition("\n")
        yield title.removeprefix("-- "), query


def write_folder(folder: Path, queries: dict[str, str]) -> ConfigFolder:
    """The folder of the cases, with a file for each query by the name of its table."""
    configs = folder / "dag_configs"
    (configs / "sources").mkdir(parents=True, exist_ok=True)
    for path in (CASES / "dag_configs").rglob("*.yaml"):
        (configs / path.relative_to(CASES / "dag_configs")).write_bytes(path.read_bytes())
    for table, query in queries.items():
        text = f"table: {table}\nschema: analytics\nmain_sql: |\n{indent(query, '  ')}\n"
        (configs / f"{table}.yaml").write_text(text, "utf-8")
    return read_folder(configs)


def said(folder: ConfigFolder, table: str, describer: Describer | None = None) -> list[str]:
    """What known sources say of one file, besides what rules do."""
    file = folder.by_name[f"analytics.{table}"]
    found = KnownSourcesCheck(describer=describer)(file, folder, broken_rules(BUILD_RULES, file, folder))
    return [str(problem).removeprefix(f"dag_configs/{table}.yaml:") for problem in found]
