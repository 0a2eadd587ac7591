"""What other tools left in the file, and files that are something else."""

import re
from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.model.problem import Edit, Place

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)\w*[ \t]*\r?$", re.MULTILINE)
_PYTHON_TEXT = re.compile(r"['\"]\s*:\s*[frbu]{0,2}(?P<quotes>\"{3}|'{3})", re.IGNORECASE)
_COMMENT = re.compile(r"(?P<indent> *)(?P<sign>--|//|/\*) *(?P<words>[^-].*?) *(?:\*/)? *")
_SQL_START = re.compile(r"(?:--.*\s+)*(?:select|with)\s", re.IGNORECASE)


def conflicts(broken: BrokenText) -> Iterator[Suspicion]:
    if found := _CONFLICT.search(broken.text):
        yield Suspicion(
            place=broken.whole_line(broken.text.count("\n", 0, found.start())),
            message="an unresolved merge conflict stands here",
            fix="keep one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>",
        )


def fences(broken: BrokenText) -> Iterator[Suspicion]:
    """Markdown's: the file was copied out of a page or a chat."""
    found = list(_FENCE.finditer(broken.text))
    if found and broken.text.count("\n", 0, found[0].start()) in broken.near:
        start, end = found[0].start(), min(found[-1].end() + 1, len(broken.text))
        fixed = re.sub(r"(?m)^[ \t]*(?:```|~~~)\w*[ \t]*(?:\r?\n|$)", "", broken.text[start:end])
        place = broken.whole_line(broken.text.count("\n", 0, start))
        written = broken.line(place.line - 1).strip()
        message = f"`{written}` belongs to Markdown, not to a config" if "`" not in written else _FENCE_WORDS
        yield Suspicion(
            place=place,
            message=message,
            fix="delete the line, and the one like it at the end" if len(found) > 1 else "delete the line",
            edit=Edit(start=start, end=end, text=fixed),
        )


_FENCE_WORDS = "the three backticks belong to Markdown, not to a config"


def other_documents(broken: BrokenText) -> Iterator[Suspicion]:
    before = broken.before(broken.at[0])
    if broken.words == "but found another document":
        line = broken.at[0]
    elif before is not None and broken.line(before).rstrip() == "..." and "<document start>" in broken.words:
        line = before
    else:
        return
    yield Suspicion(
        place=Place(line + 1, 1, 3),
        message="a second document begins here; a file describes one table",
        fix=f"delete the line `{broken.line(line)[:3]}`, or move what follows into a file of its own",
    )


def directives(broken: BrokenText) -> Iterator[Suspicion]:
    """`%` in the first column."""
    if broken.context and "directive" in broken.kind:
        yield Suspicion(
            place=broken.whole_line(broken.context[0]),
            message="a line that begins with % is an instruction to YAML, and not one that it knows",
            fix="delete the %",
        )


def only_sql(broken: BrokenText) -> Iterator[Suspicion]:
    if _SQL_START.match(broken.text.lstrip()) and "main_sql" not in broken.text:
        first = next(number for number in range(len(broken.lines)) if broken.line(number).strip())
        yield Suspicion(
            place=broken.whole_line(first),
            message="the file holds only SQL; a config also says what the table is called",
            fix="begin with `table:`, `schema:` and `main_sql: |`, and indent the SQL below by 2 spaces",
        )


def triple_quotes(broken: BrokenText) -> Iterator[Suspicion]:
    for entry in broken.entries_near():
        if entry.value.startswith(('"""', "'''")):
            yield Suspicion(
                place=entry.value_place._replace(length=3),
                message="three quotes in a row mean nothing in YAML",
                fix=f"write `{entry.key}: |` and begin the text on the next line, without the quotes",
            )


def python_dicts(broken: BrokenText) -> Iterator[Suspicion]:
    """The dict of a DAG file, with the SQL in three quotes."""
    found = _PYTHON_TEXT.search(broken.text) if broken.text.lstrip().startswith("{") else None
    if found:
        start = found.start("quotes")
        line = broken.text.count("\n", 0, start)
        yield Suspicion(
            place=Place(line + 1, start - broken.start(line) + 1, 3),
            message="three quotes in a row mean nothing in YAML: this is a dict of Python",
            fix="write a line `key: value` for each key, without braces, and `main_sql: |` with the SQL on the lines "
            "below; or save it as a .py file and give that to `summary-tables import`",
        )


def comments(broken: BrokenText) -> Iterator[Suspicion]:
    """`-- comment` and `// comment` on a line of its own."""
    for number in broken.near:
        if found := _COMMENT.fullmatch(broken.line(number)):
            fixed = f"# {found['words']}"
            yield Suspicion(
                place=broken.whole_line(number),
                message=f"a comment begins with # in YAML, not with {found['sign']}",
                fix=f"write `{fixed}`",
                edit=broken.edit_of_line(number, found["indent"] + fixed),
            )
