"""What the three summary tables must hold, computed from the sample rows without any SQL."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from demo.sample_rows import Answer, Session

TWO_DECIMALS = Decimal("0.01")


def mau_summary(sessions: Iterable[Session]) -> list[tuple[str, int]]:
    """Month (`2019-05`) and the number of different users in it, by month."""
    users = defaultdict(set)
    for session in sessions:
        users[f"{session.ts.year:04d}-{session.ts.month:02d}"].add(session.userid)
    return sorted((month, len(found)) for month, found in users.items())


def channel_summary(sessions: Iterable[Session]) -> list[tuple[int, str, str]]:
    """User, channel of the first session, channel of the last session, by user."""
    visits = defaultdict(list)
    for session in sessions:
        visits[session.userid].append((session.ts, session.channel))
    return sorted((user, min(found)[1], max(found)[1]) for user, found in visits.items())


def nps_summary(answers: Iterable[Answer]) -> list[tuple[str, Decimal]]:
    """Day (`2019-05-01`) and its Net Promoter Score, by day.

    Half a hundredth is rounded away from zero, as PostgreSQL does with `numeric`.
    """
    scores = defaultdict(list)
    for answer in answers:
        scores[answer.created_at[:10]].append(answer.score)
    return sorted((day, _rounded(net_promoter_score(found))) for day, found in scores.items())


def net_promoter_score(scores: list[int]) -> Fraction:
    """Promoters (9, 10) minus detractors (0 to 6), as a percentage of all answers."""
    promoters = sum(score >= 9 for score in scores)
    detractors = sum(score <= 6 for score in scores)
    return Fraction(100 * (promoters - detractors), len(scores))


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(TWO_DECIMALS, ROUND_HALF_UP)
