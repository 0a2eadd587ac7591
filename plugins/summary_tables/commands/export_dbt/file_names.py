"""What people call a thing -> a name that dbt takes."""


def slug(words: str, longest: int) -> str:
    """`words` in ASCII letters, digits and `_`; empty where it has none of them."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in words.lower())
    return "_".join(kept.split())[:longest].strip("_")
