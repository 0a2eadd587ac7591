"""Measurements of what the generator costs."""
