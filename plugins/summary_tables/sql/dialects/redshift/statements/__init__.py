"""The statements that Redshift spells otherwise than PostgreSQL, one file a part."""
