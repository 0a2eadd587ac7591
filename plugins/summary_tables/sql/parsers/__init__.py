"""What a query reads, gives and calls: libpg_query for PostgreSQL, sqlglot where that cannot read it."""
