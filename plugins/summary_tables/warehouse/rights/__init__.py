"""Who may read a table, and what its file says of it in the warehouse."""
