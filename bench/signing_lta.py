"""PAdES B-LTA signatures a second: RSA-2048, one core, time stamps and revocation from the local authority."""

from __future__ import annotations

from _signing import Figure, measure_openssl, measure_rate, set_up, take_one_core

SECONDS = 8.0


def main() -> None:
    take_one_core()
    with set_up():
        from _signing_work import (  # noqa: PLC0415 - needs Django set up
            make_evidence,
            make_order,
            make_signer,
            render,
        )
        from tinhso.kernel.signing.pdf import put_signature  # noqa: PLC0415

        credential, signer = make_signer()
        letter, order, evidence = render(), make_order(credential, "b_lta"), make_evidence()
        before = measure_openssl()
        rate, count = measure_rate(lambda: put_signature(letter, order, signer, evidence), SECONDS)
        yardstick = (before + measure_openssl()) / 2
    Figure(
        "signing_lta", rate, "signatures/s", ">= 8", "openssl speed rsa2048, sign/s", yardstick, count
    ).print()


if __name__ == "__main__":
    main()
