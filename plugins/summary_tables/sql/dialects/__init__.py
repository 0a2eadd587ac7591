"""One folder a warehouse: what it spells, lacks or has besides."""
