"""Tests of a query: given rows of its tables, expected rows of its result, on a PostgreSQL that is there for this only.

Each test makes the tables that the query reads, in their schemas, in a transaction that is rolled back: the query
itself is run as a run would send it. What came of a test is a value, which `report` puts into words.
"""
