"""What Google did not do, or why it could not be asked."""


class SheetsError(Exception):
    """`str()` is one or more plain sentences, without anything of a key or a token.

    `may_pass`: another try may go better. `retry_after`: seconds that Google asks to wait before it. `is_unsure`: what
    was asked may have been done all the same, as the answer did not arrive.
    """

    def __init__(
        self, words: str, *, may_pass: bool = False, retry_after: float | None = None, is_unsure: bool = False
    ) -> None:
        super().__init__(words)
        self.may_pass = may_pass
        self.retry_after = retry_after
        self.is_unsure = is_unsure
