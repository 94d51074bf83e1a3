"""PAdES B-B signatures a second: RSA-2048, one core, a letter of one page with the drawn signature on it."""

from __future__ import annotations

from _signing import Figure, measure_openssl, measure_rate, set_up, take_one_core

SECONDS = 6.0


def main() -> None:
    take_one_core()
    with set_up():
        from _signing_work import make_order, make_signer, render  # noqa: PLC0415 - needs Django set up
        from tinhso.kernel.signing.pdf import put_signature  # noqa: PLC0415

        credential, signer = make_signer()
        letter, order = render(), make_order(credential, "b_b")
        before = measure_openssl()
        rate, count = measure_rate(lambda: put_signature(letter, order, signer, None), SECONDS)
        yardstick = (before + measure_openssl()) / 2
    Figure(
        "signing", rate, "signatures/s", ">= 60", "openssl speed rsa2048, sign/s", yardstick, count
    ).print()


if __name__ == "__main__":
    main()
