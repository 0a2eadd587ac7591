"""Whether a table is there when it has to be, since when not, and why: one meaning for the catalogue and the watch."""
