"""No Airflow DAG comes from here: what is wrong with the files in dag_configs/ is raised, so that the UI shows it.

Apart from the generator, because an error in a file makes Airflow hide every DAG of that file.
"""

from summary_tables.airflow.dag_files import raise_problems_beside

raise_problems_beside(__file__)
