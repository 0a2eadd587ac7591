"""The `refresh` that somebody meant, read from whatever they wrote, and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summary_tables.configs.schema.refresh_synonyms import (
    CHOICE_WORDS,
    COLUMN_WORDS,
    NEEDED_OPTION,
    STRATEGIES,
    option,
    plain,
    strategy,
)
from summary_tables.text.english import any_of

_EXAMPLES = {"time_column": "date", "unique_key": "user_id"}


@dataclass(frozen=True, slots=True)
class RefreshGuess:
    """A strategy, None where it cannot be told, and what was given to it."""

    strategy: str | None
    options: Mapping[str, Any]

    @property
    def lacks(self) -> str:
        """The key that the strategy needs and that nothing was given for; empty: none."""
        needed = NEEDED_OPTION.get(self.strategy or "", "")
        return needed if needed not in self.options else ""

    @property
    def text(self) -> str:
        """E.g. `refresh: {merge: {unique_key: user_id}}`, with an example for what is lacking. Needs a strategy."""
        needed = NEEDED_OPTION.get(self.strategy or "")
        keys = [key for key in (needed, "start") if key and (key in self.options or key == needed)]
        if not keys or self.strategy == "replace":
            return f"refresh: {self.strategy}"
        inner = ", ".join(f"{key}: {_written(key, self.options.get(key, _EXAMPLES.get(key)))}" for key in keys)
        return f"refresh: {{{self.strategy}: {{{inner}}}}}"

    @property
    def choices(self) -> str:
        """What to write: `text`, or the strategies that can be meant where that cannot be told."""
        if self.strategy:
            column = ", with a column of the table" if self.lacks else ""
            return f"write `{self.text}`{column}"
        ways = (RefreshGuess(each, self.options).text for each in STRATEGIES if each != "replace")
        return f"write {any_of(f'`{way}`' for way in ways)}"


def guess(value: object) -> RefreshGuess:
    """What `value` of `refresh`, or all keys about it together, mean."""
    if isinstance(value, list) and len(value) == 1:
        return guess(value[0])
    if isinstance(value, str):
        return RefreshGuess(strategy(value), {})
    if not isinstance(value, Mapping):
        return RefreshGuess(None, {})
    named, options = _read(value)
    if named is None:
        named = next((each for each, needed in NEEDED_OPTION.items() if needed in options), None)
    return RefreshGuess(named, options)


def _read(value: Mapping[Any, Any]) -> tuple[str | None, dict[str, Any]]:
    named: str | None = None
    options: dict[str, Any] = {}
    for key, inner in value.items():
        if plain(key) == "overwrite" and isinstance(inner, bool):
            named = named or ("replace" if inner else "append")
        elif ours := option(key):
            options[ours] = inner
        elif plain(key) in CHOICE_WORDS:
            named = named or strategy(inner)
        elif found := strategy(key):
            named = named or found
            options.update(_options(found, inner))
    return named, {key: given for key, given in options.items() if given not in (None, "", [])}


def _options(named: str, value: object) -> dict[str, Any]:
    """What stands below a strategy: its options, or only the column that it needs."""
    needed = NEEDED_OPTION.get(named)
    if isinstance(value, Mapping):
        read = {option(key) or (needed if plain(key) in COLUMN_WORDS else None): given for key, given in value.items()}
        return {key: given for key, given in read.items() if key}
    is_column = isinstance(value, str) or (isinstance(value, list) and bool(value))
    return {needed: value} if needed and is_column else {}


def _written(key: str, value: object) -> str:
    if key == "time_column" and isinstance(value, list):
        return str(value[0])
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return f'"{value}"' if key == "start" else str(value)
