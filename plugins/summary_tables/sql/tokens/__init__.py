"""Text of SQL -> tokens, with the characters that other tools put in their place."""
