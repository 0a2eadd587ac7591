"""A check that a file names, and whose query is made from what stands at its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.check_item import CheckItem, beside_kind
from summary_tables.checks.messages import in_table, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCheck(CheckItem):
    """It looks at the table `looks_at`; empty: the new one."""

    KEY: ClassVar[str]
    IS_QUERY: ClassVar[bool] = False

    looks_at: str = ""

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**cls._options(item[cls.KEY]), looks_at=item.get("table", ""), **beside_kind(item))

    @classmethod
    def _options(cls, value: Any) -> dict[str, Any]:
        """The fields that `value`, which stands at the kind's key, fills."""
        return dict(value)

    @property
    def asks(self) -> str:
        return f"{self._asked()}{in_table(self.looks_at)}{self._where}"

    def label(self) -> str:
        return self.name or f"{self._expected()}{of_table(self.looks_at)}{self._where}"

    @property
    def _where(self) -> str:
        return " in the whole table" if self.whole_table else ""

    def _asked(self) -> str:
        """What is asked of the table: `asks` without the table."""
        return self.KEY

    def _expected(self) -> str:
        """What must hold, in words; the table is not named."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCheck(NamedCheck):
    """A check of one column."""

    column: str

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    def _asked(self) -> str:
        return f"{self.KEY} {self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsCheck(NamedCheck):
    """A check of one column or several, spelt as a text or a list."""

    IS_COLUMNS: ClassVar[bool] = True
    NEEDS_COLUMN_ONLY: ClassVar[bool] = True

    columns: tuple[str, ...]

    @classmethod
    def _options(cls, value: Any) -> dict[str, Any]:
        return {"columns": (value,) if isinstance(value, str) else tuple(value)}

    def _asked(self) -> str:
        return " ".join((self.KEY, *self.columns))
