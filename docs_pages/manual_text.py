"""A rule's manual, as its docstring has it, as Markdown."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from textwrap import dedent

_VERDICTS = {"PASS": "Passes", "FAIL": "Fails"}
_VERDICT = re.compile(r"^(PASS|FAIL):[ ]*(.*)$")


def manual_markdown(manual: str) -> str:
    """`PASS: ...` and `FAIL: ...` become headed paragraphs, and what is indented below one a block of code."""
    return "\n".join(_paragraphs(manual)).rstrip("\n") + "\n"


def _paragraphs(manual: str) -> Iterator[str]:
    for is_code, lines in groupby(_marked(manual.splitlines()), key=itemgetter(0)):
        text = [line for _, line in lines]
        if is_code:
            yield from ("```yaml", dedent("\n".join(text)).strip("\n"), "```", "")
        else:
            yield from map(_headed, text)


def _marked(lines: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Each line, and whether it is code: indented, or empty between such lines."""
    was_code = False
    for line in lines:
        was_code = line.startswith("    ") or (was_code and not line)
        yield was_code, line


def _headed(line: str) -> str:
    found = _VERDICT.match(line)
    return f"**{_VERDICTS[found[1]]}:** {found[2]}".rstrip() + "\n" if found else line
