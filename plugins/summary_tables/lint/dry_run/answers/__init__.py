"""The server's answers to what lint asked, in words and at their places in the file."""
