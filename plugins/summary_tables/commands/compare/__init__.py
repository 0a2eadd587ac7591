"""`summary-tables compare`: the rows of two tables, or of two builds of one, side by side."""
