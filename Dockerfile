# Airflow with the packages of uv.lock, and a copy of the project's files.
#
# docker-compose.yaml mounts the project's folders over the copies, so that a change needs no new image there; the
# copies let the image run by itself, for example with the KubernetesExecutor.
FROM apache/airflow:3.3.2-python3.11

# The versions and hashes of uv.lock. The project itself is not installed: Airflow finds it in plugins/, and a second
# copy in site-packages would be the one that is imported.
RUN --mount=type=bind,source=pyproject.toml,target=/tmp/project/pyproject.toml \
    --mount=type=bind,source=uv.lock,target=/tmp/project/uv.lock \
    uv export --project /tmp/project --locked --no-default-groups --extra server --no-emit-project \
        --output-file /tmp/requirements.txt \
    && uv pip install --no-cache --no-deps --require-hashes --requirement /tmp/requirements.txt \
    && rm /tmp/requirements.txt

# dbt, in an environment of its own, where `--build-arg DBT=1` asks for it: 160 MB.
ARG DBT=0
RUN --mount=type=bind,source=dbt_environment,target=/tmp/dbt_environment \
    if [ "$DBT" = 1 ]; then \
        uv export --project /tmp/dbt_environment --locked --no-emit-project --output-file /tmp/dbt.txt \
        && uv venv /home/airflow/dbt \
        && uv pip install --no-cache --no-deps --require-hashes --python /home/airflow/dbt/bin/python \
            --requirement /tmp/dbt.txt \
        && rm /tmp/dbt.txt; \
    fi
ENV SUMMARY_TABLES_DBT=/home/airflow/dbt/bin/dbt

# They belong to root: Airflow, which runs as the image's user `airflow`, reads them and cannot change them.
COPY dags /opt/airflow/dags
COPY dag_configs /opt/airflow/dag_configs
COPY schemas /opt/airflow/schemas
COPY plugins /opt/airflow/plugins
