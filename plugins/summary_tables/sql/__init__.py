"""SQL as text: what a query says, read by the grammar of its dialect, and the statements that are sent besides."""
