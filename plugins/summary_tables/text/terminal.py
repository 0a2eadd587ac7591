"""Text as a terminal shows it: see `text.visible`."""

from summary_tables.text.visible import TAB as TAB
from summary_tables.text.visible import visible as visible
