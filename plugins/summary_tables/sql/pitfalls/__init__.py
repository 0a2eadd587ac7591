"""Queries that run and do not do what their author meant."""
