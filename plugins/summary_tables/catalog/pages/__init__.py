"""How the catalogue looks: HTML for Airflow and for the static site, which differ in addresses only (`links`).

`templates/` are read by Jinja with autoescape, so that what a file says is only ever text. `files/` is what browsers
ask for besides: one style sheet, one script that searches as one types. All else works without that script, and no page
holds a style or a script of its own, so that a strict Content-Security-Policy may be sent.
"""
