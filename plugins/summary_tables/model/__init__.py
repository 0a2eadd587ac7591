"""The records that all others talk about."""
