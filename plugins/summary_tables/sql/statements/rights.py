"""Who may read a table and its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """A row of `rights`. An empty `column` is the whole relation."""

    column: str
    privilege: str
    role: str
    may_grant: bool


class RightStatements(Protocol):
    """Who may read a table and its versions."""

    def rights(self, schema: str, name: str) -> str:
        """All rights on a view, as `Right` has them."""

    def grant_right(self, schema: str, name: str, right: Right) -> str:
        """Give one of `rights`."""

    def revoke_right(self, schema: str, name: str, right: Right) -> str:
        """Take it away."""

    def grant_select(self, schema: str, table: str, role: str) -> str:
        """Let `role` read the published table."""

    def grant_version(self, version: str, role: str) -> str:
        """Let `role` read the version itself."""

    def revoke_select(self, schema: str, table: str, role: str) -> str:
        """Take from `role` what the owner of the published table gave it, on single columns, too."""

    def revoke_version(self, version: str, role: str) -> str:
        """The same for a version."""

    def grant_columns(self, schema: str, table: str, columns: tuple[str, ...], role: str) -> str:
        """Let `role` read these columns of the published table."""

    def role_ids(self, roles: Sequence[str]) -> tuple[str, ...]:
        """The id of each role as a file spells it; NULL: there is none."""

    def role_names(self) -> tuple[str, ...]:
        """Every role of the server but its own."""

    def readers_given(self, schema: str, name: str) -> str:
        """Who was given SELECT on a table by its owner: id, name, may the role pass it on?"""

    def column_readers(self, schema: str, name: str, role_id: str) -> tuple[str, ...]:
        """The columns on which its owner gave a role SELECT: name, may it pass that on?"""

    def reads_as_reader(self, schema: str, view: str) -> tuple[str, ...]:
        """Does the view read with the rights of whoever asks?"""

    def left_readers(self, schema: str, table: str, *, migrated_only: bool) -> tuple[str, ...]:
        """Who may read a version of the table and not the table: version, role."""

    def version_readers(self, version: str) -> tuple[str, ...]:
        """Who was allowed to read the version itself, one role a row."""

    def readers(self, schema: str, name: str) -> tuple[str, ...]:
        """Who was allowed to read it, one role a row."""

    def may_use_schema(self, role: str, schema: str) -> tuple[str, ...]:
        """May `role`, which exists, look into the schema, which exists?"""

    def may_create_schemas(self) -> str:
        """May our role make a schema?"""

    def may_act_as(self, owner: str) -> tuple[str, ...]:
        """May our role change what belongs to `owner`?"""
