from docs_pages.manual_text import manual_markdown


def test_verdicts_become_paragraphs() -> None:
    manual = "A table is named.\n\nWhy: because.\n\nPASS: `a.b`\nFAIL: `b`"
    assert manual_markdown(manual) == "A table is named.\n\nWhy: because.\n\n**Passes:** `a.b`\n\n**Fails:** `b`\n"


def test_indented_lines_become_code_that_keeps_its_own_indentation() -> None:
    manual = (
        "No comment.\n\nPASS:\n    main_sql: |\n      SELECT 1\n\n      -- one\nFAIL:\n    main_sql: >\n      SELECT 1"
    )
    assert manual_markdown(manual) == (
        "No comment.\n\n"
        "**Passes:**\n\n```yaml\nmain_sql: |\n  SELECT 1\n\n  -- one\n```\n\n"
        "**Fails:**\n\n```yaml\nmain_sql: >\n  SELECT 1\n```\n"
    )


def test_manual_of_one_line_stays_one() -> None:
    assert manual_markdown("The file can be read.") == "The file can be read.\n"
