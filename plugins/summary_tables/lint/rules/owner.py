"""`owner` is one of the `owners` in `defaults.yaml`, where those are listed.

PASS: `owner: growth` with `owners: [data, growth]`
FAIL: `owner: grwth` with `owners: [data, growth]`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    owner, owners = file.config.table.owner, [owner.name for owner in file.config.settings.owners]
    if not owners or owner in owners:
        return
    near = nearest(owner, owners)
    is_inherited = "owner" not in file.data
    yield Finding(
        place=file.place_of_setting(("owner",)),
        message=f"`{owner}`{', the owner where a file names none,' if is_inherited else ''} "
        "is not among the owners in defaults.yaml",
        fix=f"write `owner: {near}`" if near else f"write one of {quoted(owners)}, or add it to `owners` there",
    )


RULE = Rule(check=check, level="error")
