"""A local Google, which Google's own sign-in and our client really ask."""

from collections.abc import Iterator

import pytest

from summary_tables.sheets.account import GoogleAccount
from tests.fake_google.server import FakeGoogle, fake_google


@pytest.fixture
def google() -> Iterator[FakeGoogle]:
    with fake_google() as running:
        yield running


@pytest.fixture
def account(google: FakeGoogle) -> GoogleAccount:
    """A service account of it."""
    return GoogleAccount(where="the connection `google`", key=google.account(), endpoint=google.base_url)
