"""A number that remembers how it was written: to a column of texts `1.10` and `1.1` are two values."""

from typing import Self


class WrittenInt(int):
    """A whole number whose spelling is not the usual one, e.g. `01234` or `+5`."""

    written: str

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number.written = written
        return number


class WrittenFloat(float):
    """A number with a fraction or an exponent whose spelling is not the usual one, e.g. `1.10` or `1e3`."""

    written: str

    def __new__(cls, written: str) -> Self:
        number = super().__new__(cls, written)
        number.written = written
        return number


def whole(text: str) -> int:
    """The whole number that `text` is, which remembers `text` if nobody would write the number so again."""
    number = int(text)
    return number if str(number) == text else WrittenInt(text)


def fraction(text: str) -> float:
    """As `whole`, for a number with a fraction or an exponent."""
    number = float(text)
    return number if str(number) == text else WrittenFloat(text)


def as_written(value: object) -> str:
    """A value of a file as its author spelt it; true and false in small letters."""
    if isinstance(value, WrittenInt | WrittenFloat):
        return value.written
    return str(value).lower() if isinstance(value, bool) else str(value)


def spelling(value: object) -> object:
    """Equal for two values only if they are also spelt alike: not for 1.1 and 1.10."""
    return (value.written,) if isinstance(value, WrittenInt | WrittenFloat) else value


def plain(value: object) -> object:
    """The number without its spelling; any other value as it is."""
    if isinstance(value, WrittenInt):
        return int(value)
    return float(value) if isinstance(value, WrittenFloat) else value
