"""What the commands return to the shell."""

OK, PROBLEMS, USAGE = 0, 1, 2
"""All is well or only warnings; something is wrong with a file; the command was called wrongly."""
