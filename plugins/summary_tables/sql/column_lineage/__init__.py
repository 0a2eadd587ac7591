"""A syntax tree of PostgreSQL's grammar -> of which columns of which tables each column of the result is made.

What it cannot tell it says; that a column does not reach another is said of nothing that might.
"""
