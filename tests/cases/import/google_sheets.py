from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from plugins import gsheet


def download_tab_in_gsheet(**context):
    params = context["params"]
    gsheet.get_google_sheet_to_csv(params["url"], params["tab"], params["table"] + ".csv")


def update_gsheet(**context):
    params = context["params"]
    gsheet.update_sheet(params["sheetfilename"], params["sheetgid"], params["sql"], "redshift_dev_db")


dag = DAG(dag_id="Gsheet_to_Redshift", start_date=datetime(2023, 7, 7), schedule="0 2 * * *")

sheets = [
    {
        "url": "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg/",
        "tab": "시트1",
        "schema": "analytics",
        "table": "monthly_targets",
    },
    {"url": "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg/", "tab": "Plans 2026",
     "schema": "analytics", "table": "plans"},
]

for sheet in sheets:
    PythonOperator(task_id="download_" + sheet["table"], python_callable=download_tab_in_gsheet, params=sheet, dag=dag)
