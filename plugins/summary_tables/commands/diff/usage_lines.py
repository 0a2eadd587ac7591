"""Who uses a table beyond those that read it, and whether it is to go, where a pull request changes the table."""

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from summary_tables.commands.diff.changes import TableChange
from summary_tables.model.usage import Deprecation, Use
from summary_tables.text.markdown_text import code, prose

OF_USAGE: Final = frozenset({"deprecated", "used_by"})
"""The keys that are told of here."""

_MOST = 20


def usage_lines(change: TableChange) -> Iterator[str]:
    """The dashboards and reports that a change can reach, and what it says of the table's end."""
    before = change.before.config.table if change.before else None
    after = change.file.config.table
    yield from _deprecation(before.deprecated if before else None, after.deprecated)
    uses = tuple(dict.fromkeys((*(before.used_by if before else ()), *after.used_by)))
    if not uses:
        return
    yield f"- **{'Still used by' if change.kind == 'removed' else 'Used by'}**"
    for use in uses[:_MOST]:
        yield f"  - {use_words(use)}{_mark(use, before.used_by if before else None, after.used_by)}"
    if len(uses) > _MOST:
        yield f"  - and {len(uses) - _MOST:,} more"


def use_words(use: Use) -> str:
    """A dashboard or report as a link, and whose it is."""
    # Parentheses, blanks and the like would end the address.
    link = f"[{prose(use.name)}]({quote(use.url, safe='/:?&=#%~+,;@')})"
    return f"{link} of {code(use.owner)}" if use.owner else link


def _mark(use: Use, before: Sequence[Use] | None, after: Sequence[Use]) -> str:
    if use not in after:
        return " (no longer in the file)"
    return " (new)" if before is not None and use not in before else ""


def _deprecation(before: Deprecation | None, after: Deprecation | None) -> Iterator[str]:
    if after:
        changed = f" (was: {_words(before)})" if before and before != after else ""
        yield f"- **Deprecated** {_words(after)}{changed}"
    elif before:
        yield f"- **No longer deprecated**: it was to go after {before.after}"


def _words(deprecation: Deprecation) -> str:
    use = f"; {code(deprecation.use)} takes its place" if deprecation.use else ""
    return f"goes after {deprecation.after}{use}"
