"""The statements for PostgreSQL, one file a part."""
