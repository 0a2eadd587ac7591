"""Why a query cannot be read, in words, and what to write."""
