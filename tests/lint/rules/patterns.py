"""Patterns that PostgreSQL can read, and those that it cannot, with lint's words: it is asked about them, too."""

READABLE = [
    r"^\d{4}-(0[1-9]|1[0-2])$",
    "^[가-힣 ]+$",
    "[[:alpha:]_]+[^[:space:]]",
    "[]a]|[^]a]",
    r"\(x\)|\[y\]|a\+\+|\\",
    "(?:a|b)*?",
    "(?i)abc",
    "x{2,}y{0,3}",
    r"\mword\M",
    "a{,2}",
    "",
    "a(?=b)(?!c)",
    "🙂+",
]


UNREADABLE = {
    "^(a|b$": ("2:1", "a `(` is not closed; fix: write `)` where the group ends, or `\\(` for the sign"),
    "^a|b)$": ("5:1", "a `)` closes nothing; fix: delete it, or write `\\)` for the sign"),
    "^[a-z$": ("2:1", "a `[` is not closed; fix: write `]` where the set ends, or `\\[` for the sign"),
    "*.csv": ("1:1", "there is nothing that it could repeat; fix: write `.` before it, or `\\` if the sign is meant"),
    "한글**": ("4:1", "something is repeated twice in a row; fix: keep one of the signs `*`, `+`, `?`"),
    "a{3,2}": ("3:1", "the first number is above the second; fix: write the smaller one first"),
    "[z-a]": ("2:1", "the range runs backwards; fix: write the smaller sign first, or `\\-` for the sign"),
    "^(?P<year>[0-9]+)": ("2:9", "it does not know `(?P<year>`; fix: write `(` alone"),
    r"^\p{L}+$": ("2:5", r"it does not know `\p{L}`; fix: write the letters themselves, e.g. `[a-z가-힣]`"),
    "a++b": ("2:2", "it does not know `++`; fix: delete the second sign"),
}
