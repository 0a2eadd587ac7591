"""`docs/writing_a_table.md`: written by hand but for its link, which opens GitHub's editor with a whole table in it."""

import re
from pathlib import Path
from urllib.parse import quote, urlencode

from summary_tables.commands.new.config_template import Answers, config_text

NAME = "writing_a_table.md"

_LINK = re.compile(r"(?<=\*\*\[Open a new file\]\()[^)]*")
# GitHub resolves it against `<repository>/blob/main/docs/`, so that it works in every copy of the repository.
_NEW_FILE = "../../../new/main/dag_configs"


def page() -> str:
    """The page with the link as the templates have it now."""
    written = (Path(__file__).parents[1] / "docs" / NAME).read_text("utf-8")
    return _LINK.sub(lambda _: new_file_link(), written)


def new_file_link() -> str:
    """Where GitHub's editor opens with a table in it that works."""
    answers = Answers(
        table="my_table",
        schema="analytics",
        description="What one row of it says.",
        owner="data",
        schedule="0 3 * * *",
        sources=("raw_data.nps",),
    )
    return f"{_NEW_FILE}?{urlencode({'filename': 'my_table.yaml', 'value': config_text(answers)}, quote_via=quote)}"
