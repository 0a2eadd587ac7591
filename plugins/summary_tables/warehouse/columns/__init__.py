"""What columns a build has, and whether they fit what readers and the file expect."""
