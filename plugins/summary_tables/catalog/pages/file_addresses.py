"""Where people read and change a table's file, made from `repository` in `defaults.yaml`."""

from urllib.parse import quote

_READ_AND_EDIT = (("/-/blob/", "/-/edit/"), ("/blob/", "/edit/"), ("/src/branch/", "/_edit/"))
"""Of GitLab, GitHub and Gitea: what stands in an address of each to read a file, and to edit it."""


def file_address(repository: str, file: str, line: int = 0) -> str:
    """The page that shows the file, at a line (from 1); empty where the repository has no web address."""
    base = repository.rstrip("/")
    if not base.lower().startswith(("https://", "http://")):
        return ""
    # Parentheses, blanks and the like would end the address.
    address = quote(f"{base}/{file}", safe="/:?&=#%~+,;@")
    return f"{address}#L{line}" if line else address


def edit_address(repository: str, file: str) -> str:
    """The form in which one changes the file and opens a pull request; empty where none is known."""
    address = file_address(repository, file)
    for read, edit in _READ_AND_EDIT:
        if read in address:
            return address.replace(read, edit, 1)
    return ""
