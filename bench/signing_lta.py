"""PAdES B-LTA signatures a second: RSA-2048, one core, time stamps and revocation from the local authority."""

from __future__ import annotations

from _signing import print_signing_rate, set_up, take_one_core

SECONDS = 8.0


def main() -> None:
    take_one_core()
    with set_up():
        from _signing_work import make_evidence, make_signing  # noqa: PLC0415 - needs Django set up

        print_signing_rate("signing_lta", ">= 8", make_signing("b_lta", make_evidence()), SECONDS)


if __name__ == "__main__":
    main()
