"""What is wrong with a schedule, in plain words, and which of its fields is meant.

croniter is the judge: only what it refuses is a mistake, and this module finds the words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summary_tables.configs.schedule import cron, time_zones
from summary_tables.configs.schedule.cron_in_words import month_names
from summary_tables.model.problem import Finding, Span
from summary_tables.text.english import listed
from summary_tables.text.spelling import nearest

_FIELD = re.compile(r"\S+", re.ASCII)
_EXAMPLE = '"0 3 * * *" for 03:00 every day'
_ANY = f"write when it is to start, such as {_EXAMPLE}"
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])(?:$|(?::(?P<minute>[0-5]\d)(?![\d:])|(?=\s*[ap]m))\s*(?P<half>[ap]m)?)",
    re.IGNORECASE,
)
_NAME = r"[A-Za-z_]\w*(?:\.\w+)?"
_AFTER = re.compile(rf"after[\s:]+(?P<names>{_NAME}(?:(?:\s*,\s*|\s+and\s+){_NAME})*)", re.IGNORECASE)
# What may stand beside a time of day without changing that it means every day at that time.
_EVERY_DAY = re.compile(r"(?:\b(?:at|daily|every|each|day|utc)\b|매일|[\s,@])*", re.IGNORECASE)
_PRESETS_OF_OTHERS = {
    "@midnight": "@daily",
    "@annually": "@yearly",
    "@quarterly": "0 0 1 1,4,7,10 *",
    "@manual": "none",
    "@none": "none",
    "@null": "none",
    "@every hour": "@hourly",
    "@every day": "@daily",
    "@every week": "@weekly",
    "@every month": "@monthly",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: str
    first: int
    last: int
    words: tuple[str, ...] = ()

    @property
    def one(self) -> str:
        return f"{'an' if self.name == 'hour' else 'a'} {self.name}"

    @property
    def range(self) -> str:
        return f"{self.first}-{self.last}" + (", 0 is Sunday" if self.name == "weekday" else "")


_FIELDS = (
    _Field(name="minute", first=0, last=59),
    _Field(name="hour", first=0, last=23),
    _Field(name="day", first=1, last=31),
    _Field(name="month", first=1, last=12, words=_MONTHS),
    _Field(name="weekday", first=0, last=6, words=_WEEKDAYS),
)


@lru_cache(maxsize=1024)
def mistake(text: str) -> Finding[Span] | None:
    """Why Airflow could not use `text` as a cron schedule, or None: it can. Never raises."""
    if cron.is_plain(text):
        return None
    if zone := time_zones.words(text):
        return zone
    found = list(_FIELD.finditer(text))
    if text.strip().startswith("@"):
        return _preset_mistake(text)
    if len(found) != len(_FIELDS):
        return _count_mistake(text, found)
    if random := next((field for field in found if re.match(r"[hr]($|[(/,])", field[0], re.IGNORECASE)), None):
        return _at(random, f"`{random[0]}` leaves the time to chance", f"write the time, such as {_EXAMPLE}")
    try:
        cron.next_runs(text, cron.ANY_MOMENT, 1)
    except cron.NeverError:
        return _never(text, found)
    except cron.CronError:
        return next(_wrong_fields(found), None) or _whole(text, "this cannot be read as cron", _ANY)
    return None


def _preset_mistake(text: str) -> Finding[Span] | None:
    word = " ".join(text.split())
    if word in cron.PRESETS:
        return None
    if word.lower() == "@once":
        return _whole(text, f"`{word}` is not a schedule here", _BY_HAND)
    meant = _PRESETS_OF_OTHERS.get(word.lower()) or nearest(word, list(cron.PRESETS))
    fix = f'write "{meant}"' if meant else f"write one of {', '.join(cron.PRESETS)}, or five fields such as {_EXAMPLE}"
    return _whole(text, f"`{word}` is not a schedule here", fix)


_BY_HAND = 'write "none", and start the table by hand in Airflow'


def example(text: str) -> str:
    """What to write for `text`: a schedule for each day at the one time that it names, if it says nothing else."""
    found = list(_TIME.finditer(text))
    if len(found) != 1 or not _EVERY_DAY.fullmatch(text[: found[0].start()] + " " + text[found[0].end() :]):
        return _ANY
    hour, minute, half = int(found[0]["hour"]), int(found[0]["minute"] or 0), (found[0]["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f'write "{minute} {hour} * * *" for {hour:02}:{minute:02} UTC every day'


def _count_mistake(text: str, found: list[re.Match[str]]) -> Finding[Span]:
    if after := _AFTER.fullmatch(text.strip()):
        return _whole(text, "what a table waits for stands in braces", _after_fix(after["names"]))
    if several := _several_crons(text):
        return several
    word = " ".join(text.split())
    near = nearest(f"@{word}", list(cron.PRESETS)) if word.isalpha() else None
    if meant := near or _PRESETS_OF_OTHERS.get(f"@{word.lower()}"):
        return _whole(text, f"`{word}` is not a schedule here", f'write "{meant}"')
    if re.fullmatch(r"[a-z]\w*[._]\w+", word):
        message = "a schedule is five cron fields, or the tables that this one waits for"
        return _whole(text, message, f"{_after_fix(word)}, if it waits for that table")
    if not _is_cron_like(found):
        return _whole(text, "a schedule is five cron fields", example(text))
    if len(found) > len(_FIELDS):
        return _too_many(text, found)
    message = f"cron has five fields (minute, hour, day, month, weekday); here {_are(len(found))}"
    return _whole(text, message, f'add the missing ones; `*` means each: "{_padded(found)}"' if len(found) > 1 else "")


def _after_fix(names: str) -> str:
    found = [name for name in re.findall(_NAME, names) if name.lower() != "and"]
    full = [name if "." in name else f"schema.{name}" for name in found]
    hint = "" if full == found else f", with the schema in which {'each' if len(found) > 1 else 'it'} stands"
    return f"write {{after: [{', '.join(full)}]}}{hint}"


def _several_crons(text: str) -> Finding[Span] | None:
    """`0 3 * * 1-5, 0 9 * * 6`. Crons that differ in one field only are one cron."""
    parts = [part.split() for part in re.split(r"\s*(?:[;&|+\n]|,\s|\band\b)\s*", text.strip()) if part]
    if len(parts) < 2 or any(len(part) != len(_FIELDS) or not _is_usable(" ".join(part)) for part in parts):
        return None
    columns = [list(dict.fromkeys(column)) for column in zip(*parts, strict=True)]
    differing = [column for column in columns if len(column) > 1]
    joined = " ".join(",".join(column) for column in columns)
    is_one = len(differing) == 1 and "*" not in differing[0] and _is_usable(joined)
    message = f"a schedule is one cron of five fields; these are {len(parts)}"
    return _whole(text, message, f'write "{joined}", which means all of them' if is_one else "")


def _is_cron_like(found: list[re.Match[str]]) -> bool:
    return bool(found) and all(re.fullmatch(r"[\w*/,?#-]+", field[0]) for field in found) and "*" in found[-1][0]


def _too_many(text: str, found: list[re.Match[str]]) -> Finding[Span]:
    message = f"cron here has five fields (minute, hour, day, month, weekday), not {len(found)}; there are no seconds"
    kept = " ".join(field[0] for field in found[1:])
    drops_seconds = len(found) == 6 and found[0][0].isdecimal() and _is_usable(kept)
    return _whole(text, message, f'without the seconds it is "{kept}"' if drops_seconds else _ANY)


def _are(number: int) -> str:
    return "is 1" if number == 1 else f"are {number}"


def _padded(found: list[re.Match[str]]) -> str:
    return " ".join([*(field[0] for field in found), *["*"] * (len(_FIELDS) - len(found))])


def _is_usable(text: str) -> bool:
    try:
        cron.next_runs(text, cron.ANY_MOMENT, 1)
    except cron.CronError:
        return False
    return True


def _wrong_fields(found: list[re.Match[str]]) -> Iterator[Finding[Span]]:
    for place, field in enumerate(found):
        if _is_refused(field[0], place):
            yield _wrong_field(field, place, found)


def _is_refused(text: str, place: int) -> bool:
    alone = ["*"] * len(_FIELDS)
    alone[place] = text
    try:
        cron.times(" ".join(alone))
    except cron.CronError:
        return True
    return False


def _wrong_field(match: re.Match[str], place: int, found: list[re.Match[str]]) -> Finding[Span]:
    """The first piece of the field, between commas, that is wrong by itself; the field where none is."""
    offset = match.start()
    for piece in match[0].split(","):
        if not piece:
            return _at(match, f"in `{match[0]}` a comma has nothing beside it", "delete the comma")
        if _is_refused(piece, place):
            message, fix = _piece_words(piece, _FIELDS[place])
            return Finding(place=Span(offset, len(piece)), message=message, fix=_swapped(found) or fix)
        offset += len(piece) + 1
    return _at(match, f"`{match[0]}` mixes kinds of days that cron cannot mix", "write one kind only")


def _piece_words(piece: str, field: _Field) -> tuple[str, str]:
    values, slash, step = piece.partition("/")
    if slash and (not step.isdecimal() or not int(step)):
        return f"`{piece}` has no step: the number behind `/` is at least 1", f"write `{values}` or `{values}/2`"
    for number in re.findall(r"\d+", values.partition("#")[0]):
        if not field.first <= int(number) <= field.last:
            midnight = field.name == "hour" and int(number) == 24
            return (
                f"{field.name} {int(number)} does not exist ({field.range})",
                "midnight is hour 0" if midnight else "",
            )
    for word in re.findall(r"[^\W\d_]+", values):
        if word.lower() not in field.words:
            return _name_words(word, field)
    if "#" in values:
        return f"`{piece}` does not name a weekday of the month", "`1#2` is the second Monday: 1 to 5 behind the `#`"
    if "?" in values:
        return f"`?` cannot stand in the {field.name} field like this", "write `*`"
    example = f"{field.first}-{field.last}"
    return (
        f"`{piece}` cannot be read as {field.one}",
        f"write a number ({field.range}), a range such as `{example}`, or `*`",
    )


def _name_words(word: str, field: _Field) -> tuple[str, str]:
    short = word.lower()[:3]
    if short in field.words:
        return f"`{word}` is not {field.one} in cron", f"write `{short.upper()}`"
    for other in _FIELDS:
        if short in other.words:
            return f"`{word}` is {other.one} and stands in the {field.name} field", _ORDER
    if word.lower() in ("l", "w"):
        return (
            f"`{word}` cannot stand in the {field.name} field like this",
            "the last day of a month is `L` as the third field",
        )
    return f"`{word}` is not {field.one}", f"write a number ({field.range})"


_ORDER = "the order is minute, hour, day, month, weekday"


def _swapped(found: list[re.Match[str]]) -> str:
    """The fix for `3 30 * * *`: 03:30 with the hour first."""
    minute, hour, *rest = (field[0] for field in found)
    other = " ".join((hour, minute, *rest))
    if minute.isdecimal() and hour.isdecimal() and int(minute) and int(hour) > 24 and _is_usable(other):
        return f'the minute comes first: "{other}" is {int(minute):02}:{int(hour):02}'
    return ""


def _never(text: str, found: list[re.Match[str]]) -> Finding[Span]:
    day, month = found[2], found[3]
    times = cron.times(text)
    days, months = listed([str(each) for each in times.days]), month_names(times.months)
    dates = f"{days} {months}" if len(times.months) == 1 else f"day {days} of {months}"
    return Finding(
        place=Span(day.start(), month.end() - day.start()),
        message=f"{dates} never {'comes' if len(times.days) == 1 else 'come'}",
        fix="`L` instead of the day is the last day of the month",
    )


def _whole(text: str, message: str, fix: str) -> Finding[Span]:
    stripped = text.strip()
    return Finding(place=Span(text.find(stripped), max(len(stripped), 1)), message=message, fix=fix)


def _at(match: re.Match[str], message: str, fix: str) -> Finding[Span]:
    return Finding(place=Span(match.start(), len(match[0])), message=message, fix=fix)
