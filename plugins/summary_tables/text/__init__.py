"""Texts, and values as people write them."""
