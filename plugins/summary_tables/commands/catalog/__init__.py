"""`summary-tables catalog`: the catalogue as a folder of pages that need no server."""
