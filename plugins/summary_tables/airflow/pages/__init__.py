"""The catalogue inside Airflow: pages and a JSON API in the api-server, for those who are logged in there.

What is shown is made in `summary_tables.catalog`, which the static site shares. Here stands what only Airflow knows:
who asks and may see what, its runs, where the files lie and which connection leads to a warehouse.
"""
