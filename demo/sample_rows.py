"""The rows of the sample data: the same bytes on every machine and with every Python.

Only `Random.random`, `getrandbits` and basic arithmetic are used: Python promises the sequence of nothing else, and
the last digits of logarithms and powers depend on the machine.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

SESSIONS = 101_520
USERS = 950
ANSWERS = 160_000
FIRST_SESSION_DAY = date(2019, 1, 1)
SESSION_DAYS = 365
FIRST_ANSWER_DAY = date(2019, 5, 1)
ANSWER_DAYS = 92
CHANNELS = {"Youtube": 27, "Google": 24, "Naver": 18, "Organic": 14, "Instagram": 10, "Facebook": 7}

# Monday to Sunday: the service is used more on working days.
WEEKDAY_WEIGHTS = (1.12, 1.15, 1.13, 1.1, 1.0, 0.72, 0.78)
# Score 0 to 10 per thousand answers.
SCORE_WEIGHTS = (18, 9, 12, 16, 22, 61, 92, 148, 187, 205, 230)

_CHANNEL_NAMES = tuple(CHANNELS)
_CHANNEL_TOTALS = tuple(accumulate(CHANNELS.values()))
_SCORE_TOTALS = tuple(accumulate(SCORE_WEIGHTS))


class Session(NamedTuple):
    """A visit. No user has two sessions at one moment, so the first and the last session of a user are certain."""

    userid: int
    sessionid: str
    channel: str
    ts: datetime


class Answer(NamedTuple):
    """An answer to "would you recommend us?". `created_at` is text, e.g. `2019-05-01 08:31:00`."""

    id: int
    created_at: str
    score: int


def sessions(seed: int = 2019) -> list[Session]:
    """All sessions, in the order of their start."""
    random = Random(seed)
    visits = sorted(_visits(random))
    tastes = [_pick(random, _CHANNEL_TOTALS) for _ in range(USERS)]
    return [
        Session(_userid(rank), f"{random.getrandbits(128):032x}", _channel(random, tastes[rank]), moment)
        for moment, rank in visits
    ]


def answers(count: int = ANSWERS, seed: int = 2019) -> list[Answer]:
    """The first `count` answers, in the order in which they were given."""
    random = Random(seed)
    days = _day_weights(FIRST_ANSWER_DAY, ANSWER_DAYS, growth=0.3)
    moments = sorted(_moment(random, FIRST_ANSWER_DAY, days) for _ in range(ANSWERS))
    mood = [_mood(random) for _ in range(ANSWER_DAYS)]
    return [
        Answer(number, str(moment), _score(random, mood[(moment.date() - FIRST_ANSWER_DAY).days]))
        for number, moment in enumerate(moments[:count], start=1)
    ]


def _visits(random: Random) -> set[tuple[datetime, int]]:
    """Moments and users by rank; everybody has a visit on the day of joining."""
    days = _day_weights(FIRST_SESSION_DAY, SESSION_DAYS, growth=1.5)
    joined = sorted(_joining_day(random) for _ in range(USERS))
    away = {(rank, month) for rank in range(USERS) for month in range(1, 13) if random.random() < 0.12}
    first = [(_clock(random, FIRST_SESSION_DAY + timedelta(days=day)), rank) for rank, day in enumerate(joined)]
    visits = set(first)
    while len(visits) < SESSIONS:
        moment = _moment(random, FIRST_SESSION_DAY, days)
        rank = _visitor(random, bisect_left(joined, (moment.date() - FIRST_SESSION_DAY).days))
        if (rank, moment.month) not in away:
            visits.add((moment, rank))
    return visits


def _joining_day(random: Random) -> int:
    """Three users in ten are there from the start, the others join until the end of November."""
    return 0 if random.random() < 0.3 else int(random.random() * 334)


def _visitor(random: Random, members: int) -> int:
    """A member, by rank; those who joined early come more often."""
    share = random.random()
    return int(max(members, 1) * share * (0.35 + 0.65 * share))


def _userid(rank: int) -> int:
    return 27 + rank * 3


def _channel(random: Random, taste: int) -> str:
    """Four sessions in ten come through the user's favourite channel."""
    return _CHANNEL_NAMES[taste if random.random() < 0.4 else _pick(random, _CHANNEL_TOTALS)]


def _day_weights(first: date, days: int, growth: float) -> list[float]:
    """Running totals: grows by `growth` from the first day to the last, with the pattern of the week."""
    weekdays = [WEEKDAY_WEIGHTS[(first + timedelta(days=day)).weekday()] for day in range(days)]
    return list(accumulate(weight * (1 + growth * day / days) for day, weight in enumerate(weekdays)))


def _moment(random: Random, first: date, totals: Sequence[float]) -> datetime:
    return _clock(random, first + timedelta(days=_pick(random, totals)))


def _clock(random: Random, day: date) -> datetime:
    """A second of the day; the mean of two draws makes the afternoon busy and the night quiet."""
    second = int(86_400 * (random.random() + random.random()) / 2)
    return datetime(day.year, day.month, day.day) + timedelta(seconds=second)


def _mood(random: Random) -> float:
    return random.random() - random.random()


def _score(random: Random, mood: float) -> int:
    """On a good day (mood near 1) some answers are one better, on a bad day (near -1) one worse."""
    score = _pick(random, _SCORE_TOTALS)
    if random.random() < abs(mood) / 2:
        score += 1 if mood > 0 else -1
    return min(max(score, 0), 10)


def _pick(random: Random, totals: Sequence[float]) -> int:
    """An index, by weight; `totals` are the running totals of the weights."""
    return min(bisect_left(totals, random.random() * totals[-1]), len(totals) - 1)
