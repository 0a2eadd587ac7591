import pytest

from summary_tables.text.sizes import size_text


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (8192, "8 kB"), (5 * 1024**2, "5 MB"), (3 * 1024**3, "3 GB"), (1.5 * 1024**4, "1.5 TB")],
)
def test_size(size: float, words: str) -> None:
    assert size_text(size) == words
