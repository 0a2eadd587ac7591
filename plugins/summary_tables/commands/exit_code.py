"""What the commands return to the shell."""

OK, PROBLEMS, USAGE = 0, 1, 2
"""All is well or only warnings; something is wrong with a file; the command was called wrongly."""

INTERRUPTED, NOBODY_READS = 130, 141
"""Ctrl-C; whoever read the output, such as `head`, has gone: what a shell says of programs that end by a signal."""
