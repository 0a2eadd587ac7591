"""The server of docker-compose.yaml in real containers, to which bad things happen."""
