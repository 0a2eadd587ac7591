"""The CSV files that tables are made of, as lint sees them: each cell against its column, in the pull request."""
