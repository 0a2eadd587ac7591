"""Where a file is read and changed."""

import pytest

from summary_tables.catalog.pages.file_addresses import edit_address, file_address

FILE = "dag_configs/nps_summary.yaml"


@pytest.mark.parametrize(
    ("repository", "read", "edit"),
    [
        (
            "https://github.com/acme/tables/blob/main",
            f"https://github.com/acme/tables/blob/main/{FILE}",
            f"https://github.com/acme/tables/edit/main/{FILE}",
        ),
        (
            "https://gitlab.example.com/acme/tables/-/blob/main/",
            f"https://gitlab.example.com/acme/tables/-/blob/main/{FILE}",
            f"https://gitlab.example.com/acme/tables/-/edit/main/{FILE}",
        ),
        (
            "https://git.example.com/acme/tables/src/branch/main",
            f"https://git.example.com/acme/tables/src/branch/main/{FILE}",
            f"https://git.example.com/acme/tables/_edit/main/{FILE}",
        ),
        ("https://example.com/files", f"https://example.com/files/{FILE}", ""),
        ("", "", ""),
        ("javascript://alert(1)/blob/", "", ""),
        ("data:text/html,/blob/", "", ""),
    ],
)
def test_addresses(repository: str, read: str, edit: str) -> None:
    assert (file_address(repository, FILE), edit_address(repository, FILE)) == (read, edit)


def test_line() -> None:
    assert file_address("https://example.com", FILE, 12) == f"https://example.com/{FILE}#L12"


def test_name_with_other_signs_stays_one_address() -> None:
    assert file_address("https://example.com", "dag_configs/a (1) 표.yaml") == (
        "https://example.com/dag_configs/a%20%281%29%20%ED%91%9C.yaml"
    )
