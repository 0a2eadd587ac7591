"""What Airflow shows about a dbt project under "Docs". Pure."""

from collections.abc import Iterator

from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.configs.schedule.schedule_in_words import built_in_words
from summary_tables.text.markdown_text import code


def dag_text(config: DbtConfig) -> str:
    """Markdown, made from the config alone."""
    return "\n".join((*_lines(config), ""))


def _lines(config: DbtConfig) -> Iterator[str]:
    project = config.project
    yield " ".join(project.description.split()) or f"The dbt project {code(project.dbt.project)}."
    yield ""
    yield f"- project: {code(project.dbt.project)}, target {code(project.dbt.target)}"
    yield f"- config: {code(config.file)}"
    if project.dbt.select:
        yield f"- builds: {', '.join(map(code, project.dbt.select))}"
    if project.dbt.exclude:
        yield f"- leaves out: {', '.join(map(code, project.dbt.exclude))}"
    yield f"- runs: {built_in_words(config.as_table.table, lambda text: code(text))}"
    yield "- a model or test that fails gets a task of its own; *Clear* it to try it again by itself"
