"""A file becomes a table, or what is wrong with it."""
