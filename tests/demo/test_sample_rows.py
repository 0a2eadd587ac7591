from hashlib import sha256

import pytest

from demo.sample_data import copy_text
from demo.sample_rows import ANSWERS, CHANNELS, SESSIONS, USERS, Answer, Session, answers, sessions


@pytest.fixture(scope="module")
def visits() -> list[Session]:
    return sessions()


@pytest.fixture(scope="module")
def opinions() -> list[Answer]:
    return answers()


def test_the_bytes_are_the_same_everywhere(visits: list[Session], opinions: list[Answer]) -> None:
    assert (
        sha256(copy_text(visits).encode()).hexdigest()
        == "e74601f68f713b7f8ec4f44d6012d2847c7fac1a808f6653962903c41eeea300"
    )
    assert (
        sha256(copy_text(opinions).encode()).hexdigest()
        == "eebdef88de428e2e590cade4eacffa65add28f37c3d432afc000d0c1ca29b58b"
    )


def test_sessions_have_the_promised_size(visits: list[Session]) -> None:
    assert len(visits) == len({visit.sessionid for visit in visits}) == SESSIONS == 101_520
    assert len({visit.userid for visit in visits}) == USERS == 950
    assert {visit.channel for visit in visits} == set(CHANNELS)
    assert {visit.ts.year for visit in visits} == {2019}


def test_first_and_last_session_of_a_user_are_certain(visits: list[Session]) -> None:
    assert len({(visit.userid, visit.ts) for visit in visits}) == len(visits)


def test_the_service_grows(visits: list[Session]) -> None:
    users = [len({visit.userid for visit in visits if visit.ts.month == month}) for month in (1, 6, 12)]
    assert users == sorted(users)
    assert users[0] * 2 < users[2]


def test_answers_have_the_promised_size(opinions: list[Answer]) -> None:
    assert [opinion.id for opinion in opinions] == list(range(1, ANSWERS + 1))
    assert ANSWERS == 160_000
    assert {opinion.score for opinion in opinions} == set(range(11))
    assert {opinion.created_at[:7] for opinion in opinions} == {"2019-05", "2019-06", "2019-07"}


def test_fewer_answers_are_the_first_ones(opinions: list[Answer]) -> None:
    assert answers(1000) == opinions[:1000]
