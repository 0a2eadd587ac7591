"""Regular expressions mean the same on every Python that is promised, and hostile text does not slow them down."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.templates import pieces, template
from summary_tables.sql.tokens import characters, lexer, tokens
from tests.conftest import REPOSITORY

# Notes every pattern that is compiled while the whole library is imported and lint reads its cases; prints how many
# there were, and those with a group that gives nothing back: `(...)*+` or `(?>...)`.
_COMPILED_PATTERNS = """
import json, pkgutil, re, sys
from importlib import import_module
from pathlib import Path

noted, compiled = set(), re._compiler.compile
def note(pattern, flags=0):
    if isinstance(pattern, (str, bytes)):
        noted.add((pattern if isinstance(pattern, str) else pattern.decode("latin-1"), int(flags)))
    return compiled(pattern, flags)
re._compiler.compile = note

import summary_tables
for module in pkgutil.walk_packages(summary_tables.__path__, "summary_tables."):
    if not module.name.startswith("summary_tables.airflow"):
        try:
            import_module(module.name)
        except ModuleNotFoundError as error:
            if error.name != "psycopg":
                raise
from summary_tables.lint.engine import lint
lint(sorted(Path("tests/cases/lint/valid").glob("*.yaml")))

def gives_nothing_back(parsed):
    for operation, operand in parsed:
        if operation is re._constants.ATOMIC_GROUP:
            return True
        if operation is re._constants.POSSESSIVE_REPEAT and not re._compiler._simple(operand[2]):
            return True
        if any(map(gives_nothing_back, inner(operand))):
            return True
    return False

def inner(operand):
    if isinstance(operand, re._parser.SubPattern):
        yield operand
    elif isinstance(operand, (list, tuple)):
        for each in operand:
            yield from inner(each)

noted |= {(pattern, 0) for pattern in sys.argv[1:]}
print(json.dumps([len(noted), [p for p, flags in sorted(noted) if gives_nothing_back(re._parser.parse(p, flags))]]))
"""


def test_no_pattern_has_a_group_that_gives_nothing_back() -> None:
    """Before 3.11.5 Python misreads such a group: CPython gh-106052. A single character may be repeated so."""
    wrong = [r"(?:ab|c)*+d", r"x(?>a*)", r"(?:'(?:a|\\.)++')?", r"(?=(?:ab)?+)"]
    right = [r"a*+[bc]++(?:d|e)*"]
    done = subprocess.run(
        [sys.executable, "-c", _COMPILED_PATTERNS, *wrong, *right],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
    )
    count, found = json.loads(done.stdout)
    assert count > 150
    assert found == sorted(wrong)


_READERS: dict[str, Callable[[str], object]] = {
    "pieces": lambda sql: lexer.pieces(sql, REDSHIFT.lexical),
    "tokens": lambda sql: tokens.tokens(sql, REDSHIFT.lexical),
    "lookalikes": lambda sql: characters.lookalikes(sql, REDSHIFT.lexical),
    "template pieces": lambda sql: list(pieces.pieces(sql)),
    "templates": lambda sql: template.mistakes.__wrapped__(sql, REDSHIFT),
}
_HOSTILE = (
    *("'", "''", "\\'", "E'", "E'\\'", "E'' --\n", '"', '""', "$", "$a$", "$$", "--", "-", "+", "/*", "/* */", "*/"),
    *(
        "{{",
        "{{'",
        "{{ a }}",
        "}",
        "}}",
        "{",
        "{%",
        "{#",
        "#}",
        "%",
        "\n",
        " ",
        "a ",
        "a.",
        "1.5e3 ",
        "_1",
        "(",
        ")",
        "—",
    ),
)
_LENGTH = 40_000
_MOST_SECONDS = 1.5
"""Of the processor. A pattern that takes one way through the text needs a twentieth, one that goes back much more."""


@pytest.mark.parametrize("reader", _READERS)
def test_time_grows_with_the_text_and_not_with_its_square(reader: str) -> None:
    slow = {text[:9]: took for text in _hostile_texts() if (took := _seconds(_READERS[reader], text)) > _MOST_SECONDS}
    assert slow == {}


def _hostile_texts() -> Iterator[str]:
    for piece in _HOSTILE:
        yield from (before + piece * (_LENGTH // len(piece)) for before in ("é", "'é"))
    yield "é" + "".join(f"$a{number}$ " for number in range(_LENGTH // 8))


def _seconds(reader: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    reader(text)
    return time.process_time() - started
