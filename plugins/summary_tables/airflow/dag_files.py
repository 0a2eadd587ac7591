"""What the DAG files of a repository call, with their own `__file__`: the configs stand beside the folder of the file.

Airflow may read a repository from any place, and from several versions of it at once.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from summary_tables.configs.config import FOLDER_NAME

if TYPE_CHECKING:
    from airflow.sdk import DAG


def dags_beside(dag_file: str) -> Mapping[str, "DAG"]:
    """The DAGs that this process needs, by id. A file that is wrong takes away no DAG but its own."""
    from summary_tables.airflow.dag import dags_to_parse

    return dags_to_parse(configs_beside(dag_file))


def watch_beside(dag_file: str) -> Mapping[str, "DAG"]:
    """The DAG that looks whether every table is there when it has to be, by its id."""
    from summary_tables.airflow.watch.dag import watch_dag

    dag = watch_dag(configs_beside(dag_file))
    return {dag.dag_id: dag}


def raise_problems_beside(dag_file: str) -> None:
    """Raises ConfigError with what is wrong with the configs, unless this process is there to run a task."""
    from airflow.sdk import get_parsing_context

    from summary_tables.airflow.folder_problems import folder_problems
    from summary_tables.model.problem import ConfigError

    if get_parsing_context().dag_id is None and (problems := folder_problems(configs_beside(dag_file))):
        raise ConfigError(problems)


def configs_beside(dag_file: str) -> Path:
    """The folder of the configs, which need not exist: beside the folder of the file, or of what that is a link to."""
    path = Path(dag_file).absolute()
    found = path.parents[1] / FOLDER_NAME
    return found if found.is_dir() else path.resolve().parents[1] / FOLDER_NAME
