"""Other words for the words of the format."""

from summary_tables.configs.synonyms import OPERATOR_WORDS
from tests.configs.schema.findings import TABLE


def test_signs_mean_words_of_op() -> None:
    assert set(OPERATOR_WORDS.values()) == set(TABLE["$defs"]["check"]["properties"]["op"]["enum"])
