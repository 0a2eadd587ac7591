"""How long something took, as people read it."""


def duration_text(seconds: float) -> str:
    """`0.42 s`, `1.4 s`, `48 s`, `3 min 20 s`, `2 h 5 min`, `3 days 4 h`."""
    if seconds < 1:
        return f"{max(seconds, 0):.2g} s"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    for size, unit, smaller_size, smaller in _UNITS:
        if whole >= size:
            rest = whole % size // smaller_size
            many = "s" if unit == " day" and whole // size > 1 else ""
            return f"{whole // size}{unit}{many}" + (f" {rest}{smaller}" if rest else "")
    return f"{whole} s"


_UNITS = ((86_400, " day", 3_600, " h"), (3_600, " h", 60, " min"), (60, " min", 1, " s"))
