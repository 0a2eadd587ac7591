"""Tables that grow: what a run adds to the version that readers see."""
