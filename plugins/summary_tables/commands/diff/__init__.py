"""What a pull request changes, for those who read it: two states of `dag_configs/` -> one comment in Markdown."""
