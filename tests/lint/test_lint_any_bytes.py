"""Whatever bytes a file holds, lint says what is wrong with it in its own words, or nothing.

`LINT_EXAMPLES=10000 pytest tests/lint/test_lint_any_bytes.py` tries more of them.
"""

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS

EXAMPLES = int(os.environ.get("LINT_EXAMPLES", "100"))
REPOSITORY = Path(__file__).parents[2]
FOLDERS = (REPOSITORY / "dag_configs", Path(__file__).parents[1] / "cases" / "lint" / "valid")
CORPUS = [path.read_bytes() for folder in FOLDERS for path in sorted(folder.glob("*.yaml"))]
SIGNS = (
    ":", "#", "-", "'", '"', "|", ">", "[", "]", "{", "}", "{{", "}}", "{%", "%}", "{#", "{table}", "{schema}", "&a",
    "*a", "!", "!!str", "@", "%", "`", "```", "---", "...", "?", ",", ";", "--", "/*", "*/", "$$", "(", ")", '\\',
    '\\x', "~", "null", "1e99", "0x1F", "SELECT", "DELETE", "WITH", "FROM", "count:", "sql:", "table:", "schedule:",
    "after:", "<<<<<<<", ">>>>>>>",
)  # fmt: skip
PIECES = (
    *(f"{before}{sign}{after}".encode() for sign in SIGNS for before in ("", " ", "\n") for after in ("", " ", "\n")),
    *(
        sign.encode()
        for sign in "\u00a0\u200b\u3000\ufeff\u2028\uff1a\u201c\u201d\u2018\u2019\u2013\u2014•요약😀\u202e\t\r\0\a"
    ),
    *(b"\x1b[31m", b"\x85", b"\xff", b"\xef\xbb\xbf", b"9" * 40, b" " * 200, b"  ", b"\r\n"),
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A good file in which some characters or lines are lost, doubled, moved or put in."""
    raw = draw(st.sampled_from(CORPUS))
    for _ in range(draw(st.integers(1, 5))):
        lines = raw.splitlines(keepends=True)
        line, other = draw(st.integers(0, len(lines))), draw(st.integers(0, len(lines)))
        place, end = draw(st.integers(0, len(raw))), draw(st.integers(0, 4))
        match draw(st.integers(0, 6)):
            case 0:
                raw = raw[:place] + raw[place + end :]
            case 1:
                raw = raw[:place] + raw[place : place + end] + raw[place:]
            case 2 | 3:
                raw = raw[:place] + draw(st.sampled_from(PIECES)) + raw[place:]
            case 4:
                raw = b"".join(lines[:line] + lines[line + 1 :])
            case 5:
                raw = b"".join(lines[:line] + lines[other : other + 1] + lines[line:])
            case _:
                raw = raw[:place] + draw(st.binary(max_size=4)) + raw[place + end :]
    return raw


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    root = Path(tempfile.mkdtemp(prefix="summary-tables-tests-"))
    yield root / "dag_configs"
    shutil.rmtree(root)


def lint(folder: Path, raw: bytes) -> tuple[int, str]:
    """Exit code, and all that is printed, of `lint` of a folder that holds `raw` beside a good file."""
    folder.mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / "dag_configs" / "nps_summary.yaml", folder)
    (folder / "mau_summary.yaml").write_bytes(raw)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        code = cli.main(["lint", "--format", "text", str(folder)])
    return code, printed.getvalue()


@pytest.mark.timeout(3600)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(mutations(), mutations(), mutations(), st.binary(), st.text().map(str.encode)))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbfa\xbb")
@example(b"\xff\xfet\0a\0")
@example(b"a: " + b"[" * 100_000)
@example(b"- " * 100_000)
@example(b"'" * 5_000)
@example(b"table: 'x\n" * 2_000)
@example(b"a: |\n" + b" x\n" * 20_000 + b"b\n")
@example(b"table: a\n\xc2\x85schema: b\n\xe2\x80\xa8main_sql: SELECT 1\n")
@example(b"a: &a [x]\nb: [*a, *a]\n")
@example(b'table: "\\0"\nschema: !!int x\n')
@example(b"table: mau_summary\nschema: analytics\nmain_sql: |\n  SELECT " + b"(" * 20_000)
def test_no_bytes_make_lint_raise(folder: Path, raw: bytes) -> None:
    code, printed = lint(folder, raw)
    assert code in (OK, PROBLEMS)
    assert "Traceback" not in printed
    assert "mistake of the program" not in printed
    assert (code == PROBLEMS) == (": error[" in printed)
