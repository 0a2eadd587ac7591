"""The command sources."""
