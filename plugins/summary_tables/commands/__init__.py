"""The commands of `summary-tables`: one module each, with `add_arguments` and `run`. Only they print."""
