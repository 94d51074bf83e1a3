"""pyHanko's questions to certification authorities, sent over `network`.

The addresses stand in certificates that anybody may bring, so the number of questions is bounded here and the
hosts by `kernel.http`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from asn1crypto import cms, crl, ocsp, pem, x509
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.errors import CertificateFetchError, CRLFetchError, OCSPFetchError
from pyhanko_certvalidator.fetchers import FetcherBackend, Fetchers, api
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    gather_aia_issuer_urls,
    process_ocsp_response_data,
    unpack_cert_content,
)
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps, issuer_serial

from .network import Network, NoAnswerError

MOST_QUESTIONS = 30
MOST_ADDRESSES = 2
OCSP_REQUEST = "application/ocsp-request"

Certificate = x509.Certificate | cms.AttributeCertificateV2
Found = TypeVar("Found")


class Memory(Generic[Found]):
    """What was asked is not asked again, and no more than a set number of things is asked at all."""

    def __init__(self, network: Network, refusal: type[Exception]) -> None:
        self.network = network
        self._refusal = refusal
        self._kept: dict[object, Found | Exception] = {}

    async def ask_once(self, about: object, ask: Callable[[], Awaitable[Found]]) -> Found:
        if about not in self._kept:
            if len(self._kept) >= MOST_QUESTIONS:
                raise self._refusal("too many questions for one document")
            try:
                self._kept[about] = await ask()
            except (ValueError, NoAnswerError, self._refusal) as error:
                self._kept[about] = error
        kept = self._kept[about]
        if isinstance(kept, Exception):
            raise self._refusal(str(kept)) from kept
        return kept

    def find_kept(self) -> list[tuple[object, Found]]:
        return [(about, kept) for about, kept in self._kept.items() if not isinstance(kept, Exception)]


class OCSPFetcher(api.OCSPFetcher):
    def __init__(self, network: Network) -> None:
        self._memory: Memory[ocsp.OCSPResponse] = Memory(network, OCSPFetchError)

    async def fetch(self, cert: Certificate, authority: Authority) -> ocsp.OCSPResponse:
        return await self._memory.ask_once(issuer_serial(cert), lambda: self._ask(cert, authority))

    async def _ask(self, cert: Certificate, authority: Authority) -> ocsp.OCSPResponse:
        if not isinstance(cert, x509.Certificate):
            raise OCSPFetchError("attribute certificates are not asked about")
        request = format_ocsp_request(cert, authority, certid_hash_algo="sha256", request_nonces=False)
        for url in get_ocsp_urls(cert)[:MOST_ADDRESSES]:
            try:
                answer = await self._memory.network.ask(url, request.dump(), OCSP_REQUEST)
            except NoAnswerError:
                continue
            response: ocsp.OCSPResponse = process_ocsp_response_data(
                answer.content, ocsp_request=request, ocsp_url=url
            )
            return response
        raise OCSPFetchError("no responder answered")

    def fetched_responses(self) -> Iterable[ocsp.OCSPResponse]:
        return [response for _, response in self._memory.find_kept()]

    def fetched_responses_for_cert(self, cert: Certificate) -> Iterable[ocsp.OCSPResponse]:
        wanted = issuer_serial(cert)
        return [response for about, response in self._memory.find_kept() if about == wanted]


class CRLFetcher(api.CRLFetcher):
    def __init__(self, network: Network) -> None:
        self._memory: Memory[list[crl.CertificateList]] = Memory(network, CRLFetchError)

    async def fetch(
        self, cert: Certificate, *, use_deltas: bool | None = None
    ) -> Iterable[crl.CertificateList]:
        return await self._memory.ask_once(issuer_serial(cert), lambda: self._ask(cert, bool(use_deltas)))

    async def _ask(self, cert: Certificate, use_deltas: bool) -> list[crl.CertificateList]:
        points = get_relevant_crl_dps(cert, use_deltas=use_deltas)
        urls = [url for point in points for url in enumerate_delivery_point_urls(point)]
        found = []
        for url in urls[:MOST_ADDRESSES]:
            try:
                answer = await self._memory.network.ask(url)
            except NoAnswerError:
                continue
            content = pem.unarmor(answer.content)[2] if pem.detect(answer.content) else answer.content
            found.append(crl.CertificateList.load(content))
        if urls and not found:
            raise CRLFetchError("no revocation list could be had")
        return found

    def fetched_crls(self) -> Iterable[crl.CertificateList]:
        return [each for _, lists in self._memory.find_kept() for each in lists]

    def fetched_crls_for_cert(self, cert: Certificate) -> Iterable[crl.CertificateList]:
        wanted = issuer_serial(cert)
        return [each for about, lists in self._memory.find_kept() if about == wanted for each in lists]


class CertificateFetcher(api.CertificateFetcher):
    def __init__(self, network: Network) -> None:
        self._memory: Memory[list[x509.Certificate]] = Memory(network, CertificateFetchError)

    async def fetch_cert_issuers(self, cert: Certificate) -> AsyncGenerator[x509.Certificate, None]:
        for url in list(gather_aia_issuer_urls(cert))[:MOST_ADDRESSES]:
            for issuer in await self._find(url):
                yield issuer

    async def fetch_crl_issuers(
        self, certificate_list: crl.CertificateList
    ) -> AsyncGenerator[x509.Certificate, None]:
        for url in list(certificate_list.issuer_cert_urls)[:MOST_ADDRESSES]:
            for issuer in await self._find(url):
                yield issuer

    async def _find(self, url: str) -> list[x509.Certificate]:
        try:
            return await self._memory.ask_once(url, lambda: self._ask(url))
        except CertificateFetchError:
            return []

    async def _ask(self, url: str) -> list[x509.Certificate]:
        answer = await self._memory.network.ask(url)
        return list(unpack_cert_content(answer.content, answer.content_type or None, url, permit_pem=True))

    def fetched_certs(self) -> Iterable[x509.Certificate]:
        return [each for _, certificates in self._memory.find_kept() for each in certificates]


@dataclass(frozen=True)
class NetworkFetchers(FetcherBackend):
    network: Network

    def get_fetchers(self) -> Fetchers:
        return Fetchers(
            ocsp_fetcher=OCSPFetcher(self.network),
            crl_fetcher=CRLFetcher(self.network),
            cert_fetcher=CertificateFetcher(self.network),
        )
