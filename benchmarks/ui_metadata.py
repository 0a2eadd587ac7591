"""Has Airflow read a folder of DAG files, as its DAG processor does: `python -m benchmarks.ui_metadata FOLDER`."""

import sys
from pathlib import Path

from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.utils.session import create_session


def read(dags: Path) -> None:
    """Stores the DAGs in the metadata database of this process's environment. Raises RuntimeError for what is wrong."""
    DagBundlesManager().sync_bundles_to_db()  # type: ignore[no-untyped-call]  # Airflow has not typed it
    bag = BundleDagBag(dags, bundle_path=dags, bundle_name="dags-folder")
    if bag.import_errors:
        raise RuntimeError("\n".join(bag.import_errors.values()))
    with create_session() as session:
        sync_bag_to_db(bag, "dags-folder", None, session=session)


if __name__ == "__main__":
    read(Path(sys.argv[1]))
