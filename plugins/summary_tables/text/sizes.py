"""Sizes in the warehouse as people read them."""


def size_text(size: float) -> str:
    """`12 kB`, from a number of bytes."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:,.1f} TB"
