"""The queries of a file as a server gets them, and what is wrong with one at its place in the file."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import FRESH_TABLE
from summary_tables.lint.dry_run.render import rendered
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Place, Problem, Span
from summary_tables.sql import select_only
from summary_tables.sql.templates import template


class FileQueries:
    """Of one file, for a run about `day`."""

    def __init__(self, file: TableFile, day: datetime) -> None:
        self._file = file
        self._day = day

    def is_refused(self, query: SourceQuery) -> bool:
        """Lint has said that it cannot run, and no server is to see it."""
        return bool(
            template.mistakes(query.text, query.dialect)
            or select_only.violation(query.text, query.dialect)
            or isinstance(query.parsed, Finding)
        )

    def asked(self, query: SourceQuery, fresh: tuple[Column, ...] = ()) -> AskedQuery:
        """`query` with everything filled in; `fresh` are the columns of the new version. Raises `TemplateError`."""
        table = self._file.config.table
        # An output check alone may speak of the new version; elsewhere there is no such table at run time either.
        name = FRESH_TABLE if query.role == "output_check" else f"{table.schema}.temp_{table.table}"
        text = rendered(query.text, table, fresh_table=name, day=self._day, dialect=query.dialect)
        sql = (
            select_only.without_terminator(text.text, query.dialect.lexical) if query.role == "main_sql" else text.text
        )
        return AskedQuery(source=query, rendered=text, sql=sql, fresh=fresh)

    def problem(self, query: SourceQuery, wrong: Finding[Span], asked: AskedQuery | None = None) -> Problem:
        """`wrong` speaks of the SQL of `asked`; without that, of the query as a whole."""
        offset, length = asked.rendered.span(wrong.place.offset, wrong.place.length) if asked else (0, 1)
        return self._at(wrong, self._file.place_in(query, offset, length))

    def problem_of_setting(self, finding: Finding[YamlPath]) -> Problem:
        """At the value of a setting, which `defaults.yaml` may have; at the key where it is the query."""
        is_query = finding.place == ("main_sql",)
        document = self._file.document
        return self._at(
            finding,
            document.span_of_key(finding.place) if is_query else self._file.place_of_setting(finding.place),
        )

    def _at(self, finding: Finding[Any], place: Place) -> Problem:
        return Problem.of(replace(finding, place=place), self._file.path)
