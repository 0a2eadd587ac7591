"""What stands in `{{ ... }}` and `{% ... %}` can be filled in by a run: dates, and the macros that reckon with them.

PASS: `WHERE day = '{{ ds }}'`, `WHERE day >= '{{ macros.ds_add(ds, -7) }}'`
FAIL: `WHERE day = '{{ dss }}'`, `'{{ params.day }}'`, `'{{ ds | uper }}'`, `{% if ds %}` without `{% endif %}`
"""

from collections.abc import Iterator

from summary_tables.config_folder import ConfigFolder
from summary_tables.problem import Level
from summary_tables.rules.rule import Finding
from summary_tables.sql import template_words
from summary_tables.table_file import TableFile

LEVEL: Level = "error"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding]:
    for query in file.queries():
        for found in template_words.mistakes(query.text):
            place = file.place_in(query, found.offset, found.length)
            yield Finding(place=place, message=found.message, fix=found.fix)
