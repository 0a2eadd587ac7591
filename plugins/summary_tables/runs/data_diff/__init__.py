"""What becomes of the rows of tables when a change is merged: built in a scratch, compared, and told.

`branch` builds and compares, on an open connection; `words` and the three forms of a report only need its records.
"""
