"""The rows of two tables side by side: what a change of a query does to them, or what a run has done.

`compare` asks; it changes nothing and fetches numbers and a few example rows. What it finds is a record of `model`.
"""
