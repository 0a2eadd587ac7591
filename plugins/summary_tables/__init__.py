"""Summary tables."""
