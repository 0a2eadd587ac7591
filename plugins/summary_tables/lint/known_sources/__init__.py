"""What known sources say of the queries of a folder, without any warehouse.

The tables of `sources/`, and what the queries of the folder make of them, are made empty on a server for nothing
else; each query is described there, and never run. Without a server, and where one cannot know, the names of columns
are still compared with what the tables have. Where something is not certain, nothing is called a mistake.
"""
