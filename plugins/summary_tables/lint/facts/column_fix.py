"""What to write in place of a name that no column of the query has."""

import re
from collections.abc import Sequence

from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest


def column_fix(written: str, names: Sequence[str], *, is_list_item: bool) -> str:
    """Several columns in one text, such as `date channel`, are taken apart; `names` are those that there are."""
    several = [part for part in re.split(r"[\s,]+", written) if part]
    if len(several) > 1 and set(several) <= set(names):
        listed = ", ".join(several)
        return f"write `{listed}`, with a comma between them" if is_list_item else f"write `[{listed}]`"
    near = nearest(written, names)
    return f"write `{near}`" if near else f"its columns are {quoted(names)}"
