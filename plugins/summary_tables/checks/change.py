"""How far a number may lie from an earlier one, in percent of that: rules and words."""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from summary_tables.checks.messages import number_words

_ROUNDED_BELOW = 10**15

Percent = int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """At most so many percent down and up; None: any change that way. `less` and `more` are the words for it.

    Of zero, any change is more than any percentage.
    """

    max_decrease_percent: Percent = None
    max_increase_percent: Percent = None
    less: str
    more: str

    def is_within(self, number: Decimal, before: Decimal) -> bool:
        """Whether `number` keeps both limits."""
        down, up = (_part(before, percent) for percent in (self.max_decrease_percent, self.max_increase_percent))
        return (down is None or number >= before - down) and (up is None or number <= before + up)

    def limit_words(self) -> str:
        """`between 10% fewer and 50% more`, `at most 10% fewer`, `no fewer`."""
        down, up = self.max_decrease_percent, self.max_increase_percent
        if up is None:
            return _at_most(down, self.less)
        if down is None:
            return _at_most(up, self.more)
        return f"between {number_words(down)}% {self.less} and {number_words(up)}% {self.more}"

    def words(self, number: Decimal, before: Decimal) -> str:
        """What became of `before`, which is not zero: `41.7% fewer`. Empty where nothing did."""
        if number == before:
            return ""
        percent = abs((number - before) / before) * 100
        # Rounded away from zero: a change beyond a limit never reads as if it were the limit.
        rounded = percent.quantize(Decimal("0.1"), ROUND_UP) if percent < _ROUNDED_BELOW else percent
        return f"{number_words(rounded)}% {self.less if number < before else self.more}"


def _part(before: Decimal, percent: Percent) -> Decimal | None:
    return None if percent is None else abs(before) * Decimal(str(percent)) / 100


def _at_most(percent: Percent, word: str) -> str:
    return f"at most {number_words(percent)}% {word}" if percent else f"no {word}"
