"""docker-compose.yaml without Docker: its promises are read from it, and its services run as local processes."""
