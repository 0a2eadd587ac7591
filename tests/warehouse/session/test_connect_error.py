"""What is said where Airflow cannot connect."""

import psycopg

from summary_tables.warehouse.session.connect_error import connect_error


def test_airflow_says_which_address_was_silent_for_how_long() -> None:
    error = connect_error(psycopg.errors.ConnectionTimeout("connection timeout expired"), "wh", "db:5432", 10.2)
    assert str(error) == (
        "Airflow could not connect to the warehouse with its connection `wh`: db:5432 gave no answer within 10 "
        "seconds. See whether these are host and port of the warehouse (Admin, Connections), whether something between "
        "the two drops what it does not know (a firewall, a VPN), and whether the warehouse answers anybody else."
    )
