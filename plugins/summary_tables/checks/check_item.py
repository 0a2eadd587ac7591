"""What every item of `input_check` and `output_check` may say beside its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

from summary_tables.checks.check import Flaw, OtherTable, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """`severity` says what a failure does to the run. Without `samples`, no value of a table leaves the warehouse.

    `whole_table`: an output check looks at the table as it will be, where a run only adds a part of it.
    """

    ONE_VALUE: ClassVar[bool] = False
    IS_COLUMNS: ClassVar[bool] = False
    IS_KEY: ClassVar[bool] = False
    NEEDS_COLUMN_ONLY: ClassVar[bool] = False
    HAS_VALUES: ClassVar[bool] = False
    HAS_SHARES: ClassVar[bool] = False
    NUMBER_MEANS: ClassVar[str] = ""
    KEYS_BESIDE: ClassVar[tuple[str, ...]] = ()
    NOT_OF_WHOLE_TABLE: ClassVar[str] = ""
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ()
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {}
    WRONG_TYPES: ClassVar[frozenset[str]] = frozenset()

    name: str = ""
    severity: Severity = "error"
    samples: bool = True
    whole_table: bool = False

    @property
    def others(self) -> tuple[OtherTable, ...]:
        return ()

    @property
    def patterns(self) -> Mapping[str, str]:
        return {}

    @property
    def unexplained(self) -> str:
        return ""

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return None

    def never_passes(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return None

    def without_samples(self) -> Self:
        """The same check, whose messages give numbers only."""
        return replace(self, samples=False)


def beside_kind(item: Mapping[str, Any]) -> dict[str, Any]:
    """What `item` says beside its kind, as far as all kinds know it."""
    return {field.name: item[field.name] for field in fields(CheckItem) if field.name in item}
