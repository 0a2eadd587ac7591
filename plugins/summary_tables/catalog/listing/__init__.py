"""The list of tables: searched, filtered, sorted, cut into pages, and told as an address that one can send."""
