"""The views through which readers see versions, and the views that read those."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

NO_TYPES: Final[Mapping[str, str]] = MappingProxyType({})


class ViewStatements(Protocol):
    """The views through which readers see versions, and the views that read those."""

    def create_view(
        self,
        schema: str,
        table: str,
        version: str,
        columns: tuple[str, ...],
        options: tuple[str, ...] = (),
        types: Mapping[str, str] = NO_TYPES,
    ) -> str:
        """Show `version` to readers. `options` (`name=value`) are lost unless they are repeated.

        The columns in `types` are shown with these, which are wider than those that the version has.
        """

    def drop_view(self, schema: str, table: str) -> str:
        """Never with CASCADE: a view that something depends on stays."""

    def lock_view(self, schema: str, view: str, owner: str) -> tuple[str, ...]:
        """Lock the view, which belongs to `owner`, and nothing that it reads."""

    def own_view(self, schema: str, view: str, owner: str) -> str:
        """Make the view belong to `owner`."""

    def view_settings(self, schema: str, view: str) -> tuple[str, ...]:
        """The settings of a view, which `create_view` must repeat."""

    def view_definition(self, schema: str, view: str) -> str:
        """The SELECT of a view, in which each name has its schema, and its settings."""

    def replace_view(self, schema: str, view: str, definition: str, options: tuple[str, ...]) -> str:
        """The same view once more: its names now mean what stands there now."""

    def reading_views(self, schema: str, view: str, role: str) -> tuple[str, ...]:
        """What reads a view, itself or through others: schema, name, kind, owner, can `role` not create it again?"""

    def other_dependents(self, schema: str, view: str) -> tuple[str, ...]:
        """What depends on a view, or on what reads it, and is none itself: in words; its owner."""

    def comment(self, schema: str, view: str, column: str, text: str) -> str:
        """One row of `comments`, on the view."""

    def comment_on_view(self, schema: str, table: str, description: str) -> str:
        """The description as the view's comment; none if it is empty."""

    def comment_on_columns(self, schema: str, name: str, comments: Mapping[str, str]) -> str:
        """The comments of a view's or table's columns, by their names, in one go: readers may be waiting meanwhile."""
