"""From paths to problems: which rules are asked, which comments silence them, and fixes."""
