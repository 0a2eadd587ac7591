"""The commands of `summary-tables`, one folder each; its module has `add_arguments` and `run`. Only they print."""
