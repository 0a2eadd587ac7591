"""How the pages of the catalogue look."""
