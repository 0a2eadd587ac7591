"""Where the rows of a version come from."""
