"""What stands in `{{ ... }}` and `{% ... %}` can be filled in by a run: dates, and what reckons with them.

Lint fills in each query once, with the dates of a sample. All that may stand there is listed in `docs/templates.md`:
nothing else of Airflow or of Python can be reached. Two braces that are text, as in `'{{' || name`, are written
`'{{ '{{' }}' || name`, or with `{% raw %}` before and `{% endraw %}` behind the text.

PASS: `WHERE day = '{{ ds }}'`, `WHERE day >= '{{ macros.ds_add(ds, -7) }}'`
FAIL: `'{{ dss }}'`, `'{{ params.day }}'`, `'{{ data_interval_start - 7 }}'`, `'{{' || name || '}}'`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.templates import template


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for found in template.mistakes(query.text, query.dialect):
            place = file.place_in(query, found.place.offset, found.place.length)
            yield Finding(place=place, message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error", stage="build", needs="place")
