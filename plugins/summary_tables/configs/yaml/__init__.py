"""YAML text -> plain data and its places, and plain data -> YAML text."""
