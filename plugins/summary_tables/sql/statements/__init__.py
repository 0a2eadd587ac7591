"""What is asked of every warehouse, grouped by what it is for: one protocol a part."""
