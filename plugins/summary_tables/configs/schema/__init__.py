"""A config's data against its JSON Schema, in plain words."""
