from __future__ import annotations

import pytest
from django.test import override_settings

from ..checks import check_time_stamps


@pytest.mark.parametrize(
    ("url", "hosts", "found"),
    [
        ("", ("tsa.example.vn",), ["signing.W001"]),
        ("https://tsa.example.vn/tsa", (), ["signing.W002"]),
        ("https://tsa.example.vn/tsa", ("tsa.example.vn",), []),
    ],
)
def test_a_missing_or_forbidden_time_stamping_service_is_told(
    url: str, hosts: tuple[str, ...], found: list[str]
) -> None:
    with override_settings(IS_DEMO=False, TSA_URL=url, ALLOWED_OUTBOUND_HOSTS=hosts):
        assert [problem.id for problem in check_time_stamps()] == found
