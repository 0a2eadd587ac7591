#!/bin/sh
# The Redis image's entrypoint: runs what it is given; here with a port of its own, in place of a network of its own.
exec "$@" --port "$CONTAINER_PORT" --bind 127.0.0.1
