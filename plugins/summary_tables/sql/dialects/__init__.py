"""One folder a warehouse: what it knows that the other does not."""
