"""`summary-tables catalog`."""
