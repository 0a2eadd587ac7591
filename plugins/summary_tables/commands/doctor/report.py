"""What doctor found, for people and for programs."""

import json
from collections.abc import Sequence
from itertools import groupby

from summary_tables.commands.doctor.finding import Check, Finding
from summary_tables.text.english import counted
from summary_tables.text.visible import escaped, visible

Found = Sequence[tuple[Check, Finding]]


def findings_text(found: Found, asked: str) -> str:
    """A line for what is wrong and one for what mends it, below the group's heading. `asked`: what was looked at."""
    if not found:
        return f"Nothing is wrong with {asked}.\n"
    paragraphs = [
        "\n".join([group, *(line for _, finding in findings for line in _lines(finding))])
        for group, findings in groupby(found, key=lambda each: each[0].group)
    ]
    return "\n\n".join([*paragraphs, f"{counted(len(found), 'finding')}."]) + "\n"


def findings_json(found: Found) -> str:
    """A list; `check` is the name of the question, which stays the same."""
    items = [
        {"check": check.name, "group": check.group, "what": finding.what, "fix": finding.fix}
        for check, finding in found
    ]
    return escaped(json.dumps({"findings": items}, indent=2, ensure_ascii=False)) + "\n"


def _lines(finding: Finding) -> tuple[str, str]:
    return f"  {visible(finding.what)}", f"    fix: {visible(finding.fix)}"
