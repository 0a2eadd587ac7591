"""What happened to a table, what is said of it, to whom and when.

Whoever sees something records it (`record`), and tells what is to be told (`deliver`).
"""
