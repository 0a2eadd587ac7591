"""What a query says, read from its text by the grammar of its dialect."""
