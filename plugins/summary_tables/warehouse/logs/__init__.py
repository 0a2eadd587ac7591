"""The log tables in the warehouse, written and read."""
