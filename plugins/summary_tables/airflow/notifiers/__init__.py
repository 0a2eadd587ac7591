"""Who is told when a run fails or warns."""
