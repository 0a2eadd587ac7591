"""Every link from one page of the repository to another leads somewhere, headings included."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

_PAGES = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
_ELSEWHERE = re.compile(r"[a-z]+:|\.\./\.\./\.\./new/")


@cache
def headings(page: Path) -> frozenset[str]:
    """As GitHub names them in addresses."""
    found = re.findall(r"^#+ (.+)$", _without_code(page), re.MULTILINE)
    names = [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found]
    before = [names[:place].count(name) for place, name in enumerate(names)]
    return frozenset(f"{name}-{count}" if count else name for name, count in zip(names, before, strict=True))


def _without_code(page: Path) -> str:
    return re.sub(r"^( *)```.*?^\1```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def links(page: Path) -> list[str]:
    text = re.sub(r"`(?:[^`\n]|\n(?!\n))+`", "", _without_code(page))
    return [*re.findall(r"\]\(([^)\s]+)\)", text), *re.findall(r"(?:src|srcset|href)=\"([^\"]+)\"", text)]


def leads_somewhere(page: Path, link: str) -> bool:
    name, _, heading = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.exists() and (not heading or heading in headings(target))


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page: Path) -> None:
    inner = [link for link in links(page) if not _ELSEWHERE.match(link)]
    assert [link for link in inner if not leads_somewhere(page, link)] == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached, open_pages = set[Path](), [REPOSITORY / "README.md"]
    while open_pages:
        page = open_pages.pop()
        if page not in reached and page.suffix == ".md" and page.is_relative_to(REPOSITORY):
            reached.add(page)
            names = [link.partition("#")[0] for link in links(page) if not _ELSEWHERE.match(link)]
            open_pages += [(page.parent / name).resolve() for name in names if name]
    assert [str(page.relative_to(REPOSITORY)) for page in _PAGES if page not in reached] == []


def test_index_names_every_page_for_people() -> None:
    index = REPOSITORY / "docs" / "README.md"
    named = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
    assert [page.name for page in index.parent.glob("*.md") if page not in {*named, index}] == []
