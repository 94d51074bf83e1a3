"""PAdES B-B signatures a second: RSA-2048, one core, a letter of one page with the drawn signature on it."""

from __future__ import annotations

from _signing import print_signing_rate, set_up, take_one_core

SECONDS = 6.0


def main() -> None:
    take_one_core()
    with set_up():
        from _signing_work import make_signing  # noqa: PLC0415 - needs Django set up

        print_signing_rate("signing", ">= 60", make_signing("b_b"), SECONDS)


if __name__ == "__main__":
    main()
