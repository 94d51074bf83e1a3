"""Why the own server cannot run, as sentences a person can act on."""


class PostgresError(Exception):
    """Carries a stable code and the sentence in both languages: no translations are loaded this early."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        self.code = f"embedded.{code}"
        self.vi = vi
        self.en = en
        super().__init__(f"{vi}\n{en}")
