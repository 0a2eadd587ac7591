# Every target has one line of help; `make` alone prints them.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .uv/bin/uv
RUN := .venv/bin/
DBT := dbt_environment/.venv/.complete
COSMOS_ENVIRONMENT := benchmarks/.cosmos
# More than the two cores of CI: many tests mostly wait for Airflow.
TEST_WORKERS ?= 4

.DEFAULT_GOAL := help
.PHONY: help demo dbt test compiled-tests test-random test-installed test-compose test-docker test-pythons check lint-configs format types imports bench-parse docs screenshots bench-lint bench-build bench-dbt bench-import bench-checks bench-processor bench-compare bench-sheets bench-ui bench-watch golden clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: .venv/.complete ## Build the three tables on an embedded PostgreSQL, show them in Airflow (ONCE=1: then stop)
	@$(RUN)python -m demo

test: .venv/.complete .openlineage/.complete $(DBT) ## Run all tests, those with Airflow's own services included
	@# Some CI forbids Python to write compiled files, and hundreds of processes would each compile the library anew.
	@$(RUN)python -m compileall -q plugins demo
	$(RUN)python -m pytest -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder --ignore tests/docker/test_outages.py

compiled-tests: .venv/.complete ## Have the tests compiled once, which each worker does for itself otherwise
	@# What is wrong with them is told by the tests.
	@PYTHONDONTWRITEBYTECODE= $(RUN)python -m pytest --collect-only -qq > /dev/null 2>&1 || true

test-random: .venv/.complete ## Run the tests that draw their examples, with others each time
	$(RUN)python -m pytest -n $(TEST_WORKERS) -m hypothesis --hypothesis-profile random

test-installed: .venv/.complete ## Install a wheel by pip in an empty environment, publish with it, upgrade it
	INSTALL_FROM_INDEX=1 $(RUN)python -m pytest tests/end_to_end/test_installed.py

test-compose: .venv/.complete ## Run each service of docker-compose.yaml as a process until a DAG has run
	$(RUN)python -m pytest tests/compose

test-docker: .venv/.complete ## Kill the parts of docker-compose.yaml in real containers, where an engine is
	$(RUN)python -m pytest -rs tests/docker

test-pythons: $(UV) ## Run the tests that need no Airflow on each promised Python that is here (PYTHONS: on those)
	@PYTHONS="$(PYTHONS)" TEST_WORKERS="$(TEST_WORKERS)" .ci/test-pythons

check: .venv/.complete lint-configs types imports ## Everything that needs no server: style, types, imports, configs
	$(RUN)ruff format --check .
	$(RUN)ruff check .

lint-configs: .venv/.complete ## Say what is wrong with the files in dag_configs/
	$(RUN)summary-tables lint

format: .venv/.complete ## Format the code and mend what can be mended
	$(RUN)ruff check --fix .
	$(RUN)ruff format .

types: .venv/.complete ## Check the types, strictly, tests included
	$(RUN)mypy

imports: .venv/.complete ## Prove that imports inside the library go one way
	$(RUN)lint-imports

bench-parse: .venv/.complete ## Compare the cost of parsing 1,000 configs with other ways
	$(RUN)python -m benchmarks.parse

docs: .venv/.complete ## Write the pages of docs/ that are made from the schemas and the rules anew
	$(RUN)python -m docs_pages

screenshots: .venv/.complete ## Take the pictures of docs/images/ anew from the demo; needs Chromium
	$(RUN)python -m docs_pages.pictures

bench-lint: .venv/.complete ## Compare the cost of linting 1,000 files with tools that do a part of it
	$(RUN)python -m benchmarks.lint

bench-build: .venv/.complete $(DBT) ## Compare the cost of building a table with a bare statement and with dbt
	$(RUN)python -m benchmarks.build

bench-dbt: .venv/.complete $(DBT) ## Compare a dbt project of 100 models as a DAG with dbt alone (COSMOS=1: and with cosmos)
	@[ -z "$(COSMOS)" ] || $(MAKE) --no-print-directory $(COSMOS_ENVIRONMENT)/.complete
	$(RUN)python -m benchmarks.dbt_dags $(if $(COSMOS),--cosmos $(COSMOS_ENVIRONMENT)/bin/python)

bench-import: .venv/.complete $(DBT) ## Compare dbt projects as dbt builds them with what import makes of them (PROJECTS: their folders)
	$(RUN)python -m benchmarks.imported_projects $(PROJECTS)

bench-checks: .venv/.complete ## Compare the cost of checks as one statement, as statements and as tasks of Airflow
	$(RUN)python -m benchmarks.checks

bench-processor: .venv/.complete ## See 5,000 tables in Airflow's own DAG processor on one core; half an hour
	$(RUN)python -m benchmarks.processor

bench-compare: .venv/.complete ## Compare the cost of comparing 1,000,000 rows with one join by hand
	$(RUN)python -m benchmarks.compare

bench-sheets: .venv/.complete ## See what a sheet of 1,000,000 cells costs that becomes a table, and a table that goes to one
	$(RUN)python -m benchmarks.sheets

bench-ui: .venv/.complete ## Compare the catalogue's pages for 1,000 tables with Airflow's own list of DAGs; some minutes
	$(RUN)python -m benchmarks.ui

bench-watch: .venv/.complete ## See what a round of the watch costs for 1,000 and 5,000 tables
	$(RUN)python -m benchmarks.watch

golden: .venv/.complete ## Write the golden files anew; read the diff before you commit it
	UPDATE_GOLDEN=1 $(RUN)python -m pytest -q tests -m "not end_to_end"

dbt: $(DBT) ## Make dbt's environment, for files with `dbt:`

clean: ## Delete the environment and the demo's state
	rm -rf .venv .uv .pythons .openlineage .demo dbt_environment/.venv

# The environment: exactly what uv.lock says, made by a uv of its own so that a machine needs nothing but Python.
# Compiled at once, on all cores: each process of Airflow starts in a third of the time, also where nothing may write
# compiled files later (PYTHONDONTWRITEBYTECODE).
.venv/.complete: pyproject.toml uv.lock | $(UV)
	@echo "Making the Python environment in .venv (once; some 800 MB) ..."
	@$(UV) sync --quiet --locked --compile-bytecode --extra server --group dev --no-python-downloads --python $(PYTHON)
	@# What the build leaves behind looks like a second installation, whose plugin Airflow would warn of.
	@rm -rf plugins/summary_tables.egg-info
	@touch $@

# OpenLineage's provider, for the tests of its events: beside the environment, where only they find it. In there, it
# would be a plugin of every Airflow that any test starts.
.openlineage/.complete: tests/airflow/openlineage/packages.txt .venv/.complete | $(UV)
	@$(UV) pip install --quiet --python $(RUN)python --no-deps --target .openlineage --requirement $<
	@touch $@

# dbt, in an environment of its own: dbt_environment/pyproject.toml says why.
$(DBT): dbt_environment/pyproject.toml dbt_environment/uv.lock | $(UV)
	@echo "Making dbt's environment in dbt_environment/.venv (once; some 160 MB) ..."
	@$(UV) sync --quiet --locked --compile-bytecode --project dbt_environment --no-python-downloads --python $(PYTHON)
	@touch $@

# What our DAG of a dbt project is compared with, beside all that ours needs.
$(COSMOS_ENVIRONMENT)/.complete: pyproject.toml uv.lock | $(UV)
	@UV_PROJECT_ENVIRONMENT=$(COSMOS_ENVIRONMENT) $(UV) sync --quiet --locked --compile-bytecode --extra server --group dev --no-python-downloads --python $(PYTHON)
	@$(UV) pip install --quiet --python $(COSMOS_ENVIRONMENT)/bin/python astronomer-cosmos==1.15.1
	@rm -rf plugins/summary_tables.egg-info
	@touch $@

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is older. Name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv .uv
	@.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
