"""No Airflow DAG comes from here: what is wrong with the files in dag_configs/ is raised, so that the UI shows it.

Apart from the generator, because an error in a file makes Airflow hide every DAG of that file.
"""

from airflow.sdk import get_parsing_context

from summary_tables.airflow.dag import build_folder
from summary_tables.model.problem import ConfigError

if get_parsing_context().dag_id is None and (problems := build_folder().problems):
    raise ConfigError(problems)
