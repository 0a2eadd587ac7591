"""`python -m docs_pages`: writes the generated pages of `docs/` anew."""

from docs_pages import DOCS, PAGES


def main() -> None:
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
