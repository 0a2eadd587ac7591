"""Events for OpenLineage, where its provider is installed: what a table is made of, columns included.

OpenLineage's provider asks an operator once its step is over, in a process of its own that it forks for that. Only
there a query is read: a task never does. Nothing here is imported where the provider is not installed.
"""
