"""The templates in SQL: a closed language with the spelling of Jinja, for dates of a run and little else.

Lint, preview, tests and runs read and fill in templates here and nowhere else. No text of a file ever becomes code: it
is read into the records of `nodes`, which `evaluation` walks; what a value can do stands in `moments` and `functions`,
and what is not written there cannot be said. The work and the size of a result are counted (`limits`).
"""
