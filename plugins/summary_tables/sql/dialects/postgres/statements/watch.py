"""What the watch asks and keeps, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model.logs import BUILD_LOG, WATCHED_FILES
from summary_tables.model.watched_file import WatchedFile
from summary_tables.sql.dialects.postgres.statements.tables_of_log import with_tables_of
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import timestamp


@dataclass(frozen=True, slots=True)
class PostgresWatch:
    """PostgreSQL."""

    schema: VersionsSchema

    # Each table is looked up by the index of the log: what there is to read follows from the number of tables.
    LAST_PUBLICATIONS: ClassVar[str] = (
        with_tables_of("{builds}")
        + """
SELECT t.schema_name, t.table_name, b.run_id, b.run_at, b.started_at, b.published_at, b.strategy, b.row_count
FROM tables t
CROSS JOIN LATERAL (
    SELECT * FROM {builds} l
    WHERE l.schema_name = t.schema_name AND l.table_name = t.table_name AND published_at IS NOT NULL
    ORDER BY started_at DESC LIMIT 1
) b"""
    )

    def last_publications(self) -> str:
        return self.LAST_PUBLICATIONS.format(builds=self.schema.log(BUILD_LOG))

    def watched_files(self) -> str:
        return f"SELECT {', '.join(WATCHED_FILES.columns)}\nFROM {self.schema.log(WATCHED_FILES)}"

    def forget_files(self, names: Sequence[str]) -> str:
        given = ", ".join(map(self.schema.literal, names))
        return f"DELETE FROM {self.schema.log(WATCHED_FILES)} WHERE file_name IN ({given})"

    def log_files(self, files: Sequence[WatchedFile]) -> str:
        rows = ",\n".join(map(self._row, files))
        return f"INSERT INTO {self.schema.log(WATCHED_FILES)} ({', '.join(WATCHED_FILES.columns)})\nVALUES\n{rows}"

    def _row(self, file: WatchedFile) -> str:
        texts = (file.file, file.schema, file.table, file.digest, file.document, file.problems)
        return f"({', '.join((*map(self.schema.literal, texts), timestamp(file.known_at)))})"
