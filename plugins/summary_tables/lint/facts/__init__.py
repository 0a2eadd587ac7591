"""What several rules want to know of a readable file."""
