"""What people call a thing -> a name that dbt takes."""


def slug(words: str, longest: int) -> str:
    """`words` in ASCII letters, digits and `_`; empty where it has none of them."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in words.lower())
    return "_".join(kept.split())[:longest].strip("_")


def free_name(wanted: str, taken: set[str]) -> str:
    """`wanted`, or with a number behind it; it is then taken."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    taken.add(found)
    return found
