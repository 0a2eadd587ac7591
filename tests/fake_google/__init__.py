"""A local server that behaves as Google's token endpoint and Sheets API v4; BEHAVIOUR.md says by which sources."""
