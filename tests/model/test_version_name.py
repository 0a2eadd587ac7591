"""Names of versions fit into PostgreSQL and never meet."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.model.build import BuildRun
from summary_tables.model.version_name import lock_key, looks_like_version, version_name

_AT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)
_RUN = BuildRun(run_id="scheduled__2026-11-21T03:00:00+00:00", try_number=1, run_at=_AT)

# Few letters and long names: what is cut is often the same.
_NAMES = st.one_of(st.text(alphabet="aé長", min_size=1, max_size=40), st.text(min_size=1, max_size=80))
_RUNS = st.builds(BuildRun, run_id=_NAMES, try_number=st.integers(1, 12), run_at=st.just(_AT))
_TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 2), timezones=st.just(UTC))
_SOURCES = st.tuples(_NAMES, _NAMES, _RUNS, _TIMES)


def test_name() -> None:
    assert version_name("analytics", "nps_summary", _RUN, _AT) == "nps_summary__20261122T030405_f97565be1312"


def test_a_long_name_is_cut_between_characters() -> None:
    assert version_name("analytics", "長" * 21, _RUN, _AT) == "長" * 11 + "__20261122T030405_3975cf570411"


def test_the_time_is_utc() -> None:
    tokyo = _AT.astimezone(timezone(timedelta(hours=9)))
    assert version_name("analytics", "nps_summary", _RUN, tokyo) == version_name("analytics", "nps_summary", _RUN, _AT)


@given(_SOURCES)
def test_names_fit(source: tuple[str, str, BuildRun, datetime]) -> None:
    name = version_name(*source)
    assert len(name.encode()) <= 63
    assert name.isprintable() or not source[1].isprintable()


@given(_SOURCES)
def test_names_look_like_versions(source: tuple[str, str, BuildRun, datetime]) -> None:
    assert looks_like_version(version_name(*source))


@pytest.mark.parametrize(
    "name",
    [
        "build_log",
        "nps_summary",
        "nps_summary__20261122T030405_f97565be1312_old",
        "nps_summary__20261122T030405_f97565be1312\n",
        "nps_summary_20261122T030405_f97565be1312",
        "nps_summary__20261122t030405_f97565be1312",
    ],
)
def test_other_names_do_not(name: str) -> None:
    assert not looks_like_version(name)


@given(_SOURCES, _SOURCES)
def test_names_never_meet(one: tuple[str, str, BuildRun, datetime], other: tuple[str, str, BuildRun, datetime]) -> None:
    assert (version_name(*one) == version_name(*other)) == (one == other)


@given(st.lists(_NAMES, max_size=3), st.lists(_NAMES, max_size=3))
def test_lock_keys_are_64_bit_and_never_meet(one: list[str], other: list[str]) -> None:
    assert -(2**63) <= lock_key(*one) < 2**63
    assert (lock_key(*one) == lock_key(*other)) == (one == other)
