"""Text of any characters at all."""

from hypothesis import strategies as st

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
"""Lone surrogates included: a file can spell them as escapes."""
