"""The commands about builds that stand in the warehouse: versions, rollback, orphans."""
