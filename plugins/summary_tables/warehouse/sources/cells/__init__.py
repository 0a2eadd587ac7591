"""Cells of a CSV file or of a sheet become values of the types that a file's `columns` say, or mistakes in words.

`columns.py` finds the columns in the row of headers, `rows.py` converts row by row, `source.py` loads what comes of it.
"""
