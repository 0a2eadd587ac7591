"""The text of a CSV file, or why it cannot be read, in words for the person who put it there."""

import os
from dataclasses import dataclass
from pathlib import Path

from summary_tables.configs.file_content import NoContent, read_content
from summary_tables.model.row_source import CsvFile
from summary_tables.model.shown_name import shown_name
from summary_tables.text.spelling import nearest

MOST_BYTES = 1_000_000
MOST_ROWS = 50_000
"""A list that people keep by hand is smaller: what is larger belongs into the warehouse by another way."""

ELSEWHERE = "load it into a table of the warehouse, and read that by `main_sql`"
_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
_LOOKED_AT = 1_000
_SAVE_AS_UTF8 = "save it as UTF-8: in Excel `CSV UTF-8 (Comma delimited)`, in Google Sheets `Download > CSV`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why, as the end of a sentence, and what to do; `line` where in the file, from 1; 0: all of it."""

    why: str
    fix: str = ""
    line: int = 0


def path_of(config: Path, source: CsvFile) -> Path:
    """Where the file stands, of the config at `config`."""
    return config.parent / source.file


def name_of(config: Path, source: CsvFile) -> str:
    """What messages call the file, e.g. `dag_configs/seeds/countries.csv`."""
    return f"{shown_name(config).rpartition('/')[0]}/{source.file}"


def read_bytes(config: Path, source: CsvFile) -> bytes | Unreadable:
    """The content of the file. Nothing outside of the folder of the config is ever opened."""
    path = path_of(config, source)
    folder, end = os.path.realpath(config.parent), os.path.realpath(path)
    if not end.startswith(folder.rstrip(os.sep) + os.sep):
        return Unreadable(why="it is a link that leads out of the folder of configs", fix="put the file itself here")
    found = read_content(path, MOST_BYTES)
    if isinstance(found, NoContent):
        return _missing(config, source, found)
    if len(found) > MOST_BYTES:
        return Unreadable(why=f"it is larger than {MOST_BYTES:,} bytes", fix=ELSEWHERE)
    return found


def _missing(config: Path, source: CsvFile, found: NoContent) -> Unreadable:
    path = path_of(config, source)
    if path.is_dir():
        return Unreadable(why=found.why, fix="write the path of a file in it")
    if path.exists() or found.fix:
        return Unreadable(why=found.why, fix=found.fix)
    return Unreadable(why="there is no such file", fix=_where_it_is(config, source))


def _where_it_is(config: Path, source: CsvFile) -> str:
    """What to do about a file that is not where it is looked for."""
    meant = _meant(config.parent, source.file)
    if meant:
        return f"write `file: {meant}`, if that is what it means"
    name = name_of(config, source)
    if (config.parent.parent / source.file).is_file():
        return f"move {source.file}, which stands elsewhere, to {name}"
    return f"add it to the pull request as {name}"


def _meant(folder: Path, file: str) -> str | None:
    """The path of a file below `folder` that was probably meant: begun one folder too far up, or spelt otherwise."""
    first, _, inner = file.partition("/")
    if first == folder.name and (folder / inner).is_file():
        return inner
    place = Path(file).parent
    try:
        there = sorted(path for path in (folder / place).iterdir() if path.suffix.lower() in _ENDINGS)
    except OSError:
        return None
    names = {path.stem.lower(): path.name for path in there}
    near = nearest(Path(file).stem, list(names))
    return (place / names[near]).as_posix() if near else None


def read_text(config: Path, source: CsvFile) -> str | Unreadable:
    """The text of the file, without a mark at its beginning."""
    content = read_bytes(config, source)
    return content if isinstance(content, Unreadable) else decoded(content)


def decoded(content: bytes) -> str | Unreadable:
    """UTF-8; other encodings are told by name where that is certain enough."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _has_wide_letters(content):
        return Unreadable(why="it is UTF-16 and not UTF-8", fix=_SAVE_AS_UTF8)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Unreadable(why=f"it is not UTF-8{_guess(content)}", fix=_SAVE_AS_UTF8, line=line)
    return text if text.strip() else Unreadable(why="it is empty", fix="write a row of headers, and rows below it")


def _has_wide_letters(content: bytes) -> bool:
    """Whether it begins as UTF-16 without a mark does: of the two bytes of a plain letter one is zero."""
    start = content[:_LOOKED_AT]
    return any(half.count(0) * 4 > len(half) for half in (start[::2], start[1::2]))


def _guess(content: bytes) -> str:
    try:
        korean = content.decode("cp949")
    except UnicodeDecodeError:
        return ""
    letters = [sign for sign in korean if not sign.isascii()]
    hangul = sum("\uac00" <= sign <= "\ud7a3" for sign in letters)
    return ", but CP949 (EUC-KR)" if hangul * 2 > len(letters) else ""
