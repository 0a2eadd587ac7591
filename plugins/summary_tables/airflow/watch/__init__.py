"""The DAG that looks whether every table is there when it has to be, and tells people what is due."""
