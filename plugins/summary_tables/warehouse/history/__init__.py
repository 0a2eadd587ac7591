"""Builds that stand in the warehouse: listed, shown again, cleaned up."""
