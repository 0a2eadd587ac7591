"""`summary-tables status`."""
