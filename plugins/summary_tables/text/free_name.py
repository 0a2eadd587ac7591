"""A name that nothing else has."""


def free_name(wanted: str, taken: set[str]) -> str:
    """`wanted`, or `wanted_2` and so on where that is taken; from then on it is."""
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    taken.add(found)
    return found
