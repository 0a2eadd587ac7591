"""What a real warehouse says of the queries of a file, without running any of them.

Each query is rendered with sample dates and handed to the server to be understood, not to be executed: names, types and
rights are then known to be right or wrong. Nothing is left behind. Only `address` and `server` need the driver, which
is no dependency of lint: this package is imported by `--warehouse` alone.
"""
