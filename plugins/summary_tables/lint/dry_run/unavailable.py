"""Why a warehouse cannot be used for a dry run."""


class WarehouseTrouble(Exception):  # noqa: N818 - it is what people read, and no mistake of the program
    """Nothing is wrong with any file; the text is one or more plain sentences and holds nothing secret."""
