"""The course's Python dicts -> configs. Nothing in them is run."""
