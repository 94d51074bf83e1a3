"""Whether a signer can be traced to a root the province trusts, at the time he signed.

The procedure is that of ETSI EN 319 102-1 as pyHanko carries it out: with a time stamp or archive evidence a
signature stays good after its certificate expires or is revoked; without, it is judged as of today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from asn1crypto import x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.validation import DocumentSecurityStore, EmbeddedPdfSignature
from pyhanko.sign.validation.ades import AdESLTAValidationResult, ades_lta_validation
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import SimpleTrustManager

from ..certificates import get_fingerprint, read_certificates
from ..fetchers import NetworkFetchers
from ..models import TrustAnchor
from ..network import Network
from .report import Distrust, Revocation, Trust

USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
STRICT, LENIENT = RevocationCheckingRule.CHECK_IF_DECLARED, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT

WHY: dict[AdESSubIndic, Distrust] = {
    AdESFailure.REVOKED: Distrust.REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: Distrust.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Distrust.REVOKED,
    AdESIndeterminate.EXPIRED: Distrust.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Distrust.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Distrust.EXPIRED,
    AdESFailure.NOT_YET_VALID: Distrust.NOT_YET_VALID,
    AdESIndeterminate.NOT_YET_VALID: Distrust.NOT_YET_VALID,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Distrust.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Distrust.WEAK,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Distrust.MISUSED,
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Distrust.NO_PATH,
    AdESIndeterminate.NO_SIGNING_CERTIFICATE_FOUND: Distrust.NO_PATH,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Distrust.NO_PATH,
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is known of the signer. `status` is pyHanko's, None where the signature could not be read at all."""

    status: PdfSignatureStatus | None
    best_time: dt.datetime | None
    archived_at: dt.datetime | None
    trust: Trust | None
    distrust: Distrust | None
    revocation: Revocation
    revoked_at: dt.datetime | None


class Judge:
    """Holds the roots and the way to the authorities for the length of one verification."""

    def __init__(self, anchors: Sequence[TrustAnchor], network: Network) -> None:
        self._anchors = {anchor.fingerprint: anchor for anchor in anchors}
        self._roots = [each for anchor in anchors for each in read_certificates(anchor.certificate)]
        self._trust_manager = SimpleTrustManager.build(trust_roots=self._roots)
        self._fetchers = NetworkFetchers(network)

    async def judge(self, signature: EmbeddedPdfSignature) -> Opinion:
        """Revocation must be known; where it cannot be had the signer is judged without it, and it is told."""
        result = await ades_lta_validation(signature, self._make_spec(STRICT))
        if _find_distrust(result) is Distrust.NO_PATH:
            lenient = await ades_lta_validation(signature, self._make_spec(LENIENT))
            if _find_distrust(lenient) is None:
                return self._describe(lenient, Revocation.UNKNOWN, None)
        distrust = _find_distrust(result)
        archived_at = result.oldest_evidence_record_timestamp
        if distrust in (Distrust.REVOKED, Distrust.EXPIRED) and archived_at is not None:
            distrust = None if await self._was_good(signature, archived_at) else distrust
        return self._describe(result, Revocation.GOOD, distrust)

    async def _was_good(self, signature: EmbeddedPdfSignature, moment: dt.datetime) -> bool:
        """Whether the evidence inside the document shows a good certificate when the archive stamped it.

        pyHanko looks back only where the signature has a time stamp of its own; an archive stamp alone
        proves the time as well (ETSI EN 319 142-1, table 1, B-T).
        """
        try:
            store = DocumentSecurityStore.read_dss(signature.reader)
        except NoDSSFoundError:
            return False
        then = store.as_validation_context(
            {
                "trust_roots": self._roots,
                "moment": moment,
                "allow_fetching": False,
                "revocation_mode": "hard-fail",
            }
        )
        validator = CertificateValidator(
            signature.signer_cert,
            intermediate_certs=signature.other_embedded_certs,
            validation_context=then,
        )
        try:
            await validator.async_validate_usage({"non_repudiation"})
        except (PathError, ValidationError):
            return False
        return True

    def _describe(
        self, result: AdESLTAValidationResult, asked: Revocation, distrust: Distrust | None
    ) -> Opinion:
        status = result.api_status
        revoked_at = None
        if status is not None and status.revocation_details is not None:
            revoked_at = status.revocation_details.revocation_date
        revocation = asked if distrust is None else Revocation.UNKNOWN
        return Opinion(
            status=status,
            best_time=result.best_signature_time,
            archived_at=result.oldest_evidence_record_timestamp,
            trust=self._find_trust(status),
            distrust=distrust,
            revocation=Revocation.REVOKED if revoked_at else revocation,
            revoked_at=revoked_at,
        )

    def _find_trust(self, status: PdfSignatureStatus | None) -> Trust | None:
        if status is None or status.validation_path is None:
            return None
        root = getattr(status.validation_path.trust_anchor.authority, "certificate", None)
        anchor = self._anchors.get(get_fingerprint(root)) if isinstance(root, x509.Certificate) else None
        return Trust(anchor=anchor.name, why=anchor.why) if anchor else None

    def _make_spec(self, rule: RevocationCheckingRule) -> PdfSignatureValidationSpec:
        checking = RevocationCheckingPolicy(ee_certificate_rule=rule, intermediate_ca_cert_rule=rule)
        return PdfSignatureValidationSpec(
            SignatureValidationSpec(
                cert_validation_policy=CertValidationPolicySpec(
                    trust_manager=self._trust_manager, revinfo_policy=CertRevTrustPolicy(checking)
                ),
                revinfo_gathering_policy=RevocationInfoGatheringSpec(fetcher_backend=self._fetchers),
                key_usage_settings=USAGE,
            )
        )


def _find_distrust(result: AdESLTAValidationResult) -> Distrust | None:
    """A current certificate, or proof that it was good when it signed."""
    status = result.api_status
    if result.ades_subindic is AdESPassed.OK:
        return None
    if status is None:
        return WHY.get(result.ades_subindic, Distrust.OTHER)
    if status.trust_problem_indic is not None:
        return WHY.get(status.trust_problem_indic, Distrust.OTHER)
    return None if status.validation_path is not None else Distrust.NO_PATH
