"""One connection to a warehouse, its limits, and its errors without values."""
