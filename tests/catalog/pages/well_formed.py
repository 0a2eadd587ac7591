"""Whether HTML is what it looks like: every tag closed in its turn, no script of ours or theirs inside a page."""

from html.parser import HTMLParser

_VOID = frozenset({"meta", "link", "input", "br"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.mistakes: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        self.mistakes += [f"<{tag}> has {name}" for name in names if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in names:
            self.mistakes.append("a script stands in the page")
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.mistakes.append(f"<{tag}> stands in the page")
        values = dict(attrs)
        self.ids += [value for value in (values.get("id"),) if value]
        address = values.get("href") or values.get("src") or values.get("action") or ""
        if address.startswith("#"):
            self.targets.append(address[1:])
        elif address:
            self.addresses.append(address)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.mistakes.append(f"</{tag}> stands inside {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def mistakes(html: str) -> list[str]:
    """What is wrong with the HTML; empty: nothing."""
    found = _read(html)
    twice = [f"the id {each} stands twice" for each in sorted(set(found.ids)) if found.ids.count(each) > 1]
    nowhere = [f"nothing is called {each}" for each in dict.fromkeys(found.targets) if each not in found.ids]
    left = [f"<{tag}> is never closed" for tag in found.open]
    foreign = [f"{each} is a script" for each in found.addresses if each.lower().startswith(("javascript:", "data:"))]
    return [*found.mistakes, *twice, *nowhere, *left, *foreign]


def text_of(html: str) -> str:
    """What one reads, blanks joined."""
    return " ".join("".join(_read(html).text).split())


def addresses(html: str) -> list[str]:
    """Where links, forms, scripts and style sheets lead."""
    return _read(html).addresses
