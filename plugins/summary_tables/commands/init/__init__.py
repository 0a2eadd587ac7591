"""`summary-tables init`: what a repository of summary tables needs beside its tables."""
