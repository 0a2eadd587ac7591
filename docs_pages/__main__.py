"""`python -m docs_pages`: writes the generated pages of `docs/` anew."""

from docs_pages import DOCS, FOLDERS, pages


def main() -> None:
    made = pages()
    for folder in FOLDERS:
        (DOCS / folder).mkdir(exist_ok=True)
        for page in (DOCS / folder).iterdir():
            if f"{folder}/{page.name}" not in made:
                page.unlink()
    for name, page_text in made.items():
        (DOCS / name).write_text(page_text, "utf-8")


if __name__ == "__main__":
    main()
