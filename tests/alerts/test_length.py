"""What is kept of a notice fits into the log, whatever people and servers wrote."""

import json
from dataclasses import asdict

from summary_tables.alerts.length import MOST_BYTES, short
from summary_tables.model.notice import Bullets, Notice

LONG = "가" * 100_000


def test_a_usual_notice_stays_as_it_is() -> None:
    notice = Notice(
        sign="❌", headline="h", words="w" * 4000, query="SELECT 1", lists=(Bullets(title="t", lines=("l",)),)
    )
    assert short(notice) == notice


def test_a_long_text_is_cut() -> None:
    found = short(Notice(sign="❌", headline="h", words="w" * 4001, lists=(Bullets(title="t", lines=("l" * 401,)),)))
    assert (found.words, found.lists[0].lines) == ("w" * 4000 + "…", ("l" * 400 + "…",))


def test_many_long_texts_fit_into_the_log_of_any_warehouse() -> None:
    lists = (Bullets(title="Also failed", lines=(LONG,) * 60),)
    notice = Notice(
        sign="❌", headline="h", words=LONG, explanation=LONG, live=LONG, details=LONG, query=LONG, lists=lists
    )
    found = short(notice)
    assert len(json.dumps(asdict(found), ensure_ascii=False).encode()) <= MOST_BYTES < 65_535
    assert len(found.lists[0].lines) == 60
    assert len(found.words) > 1000
