"""`summary-tables doctor`."""
