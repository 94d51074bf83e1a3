"""A check told in sentences: what was found, what was looked at, what to do. For the page and for print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.kernel.audit.receipt import Outcome
from tinhso.kernel.web import formats

from .choices import CredentialKind
from .models import VerifiableDocument
from .verification.checking import Check, HistoryProof, Signer
from .verification.report import Change, Distrust, Revocation, SignatureReport, Unreadable, Verdict


@dataclass(frozen=True, slots=True)
class Sentence:
    title: str
    text: str = ""


class Mark(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class CheckLine:
    mark: Mark
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything the result page says."""

    is_good: bool
    title: str
    text: str
    differences: tuple[Sentence, ...]
    lines: tuple[CheckLine, ...]
    advice: tuple[Sentence, ...]


def tell(check: Check, expected: VerifiableDocument | None = None) -> Telling:
    """`expected` is the document whose code was opened, when a file is held against it."""
    is_other = expected is not None and (check.issued is None or check.issued.pk != expected.pk)
    is_withdrawn = check.issued is not None and check.issued.withdrawn_at is not None
    is_good = check.verdict is Verdict.GENUINE and not is_other and not is_withdrawn
    headline = _tell_other(expected) if is_other and expected else _tell_verdict(check)
    differences = tuple(_find_differences(check)) if check.verdict is Verdict.ALTERED else ()
    return Telling(
        is_good=is_good,
        title=headline.title,
        text=headline.text,
        differences=differences,
        lines=tuple(_find_lines(check)) if check.report.signatures else (),
        advice=() if is_good else tuple(_advise(check)),
    )


def tell_history(history: HistoryProof | None) -> CheckLine | None:
    if history is None:
        return None
    if history.outcome is Outcome.UNTRUSTED:
        return CheckLine(Mark.UNSURE, _("Chưa kiểm chứng được lịch sử hồ sơ"))
    if not history.is_whole:
        return CheckLine(Mark.NO, _("Lịch sử hồ sơ không còn nguyên"))
    count = ngettext("%(n)s việc", "%(n)s việc", history.entry_count) % {"n": history.entry_count}
    sealed = (
        _("%(count)s, niêm phong %(day)s") % {"count": count, "day": formats.day_of_month(history.sealed_on)}
        if history.sealed_on
        else _("%(count)s, chờ niêm phong") % {"count": count}
    )
    return CheckLine(Mark.YES, _("Hồ sơ có thật, lịch sử còn nguyên"), sealed)


# ---- headline ----


def _tell_verdict(check: Check) -> Sentence:
    if check.verdict is Verdict.GENUINE:
        return _tell_genuine(check)
    if check.verdict is Verdict.ALTERED:
        return _tell_altered(check)
    if check.verdict is Verdict.UNTRUSTED:
        return Sentence(_("Chưa thể tin chữ ký trên văn bản này"), _tell_distrust(check))
    if check.verdict is Verdict.UNSIGNED:
        return Sentence(
            _("Tệp này không có chữ ký số"),
            _("Bản in, bản chụp và bản quét không mang chữ ký số. Hỏi người đưa văn bản xin tệp gốc."),
        )
    return _tell_unreadable(check.report.unreadable)


def _tell_genuine(check: Check) -> Sentence:
    count = len(check.report.signatures)
    signed = ngettext(
        "%(n)s chữ ký số hợp lệ tại thời điểm ký.", "Cả %(n)s chữ ký số đều hợp lệ tại thời điểm ký.", count
    ) % {"n": count}
    if check.issued is None:
        unknown = _("Tệp không nằm trong sổ văn bản phát hành từ hệ thống này.")
        return Sentence(_("Văn bản này là thật và chưa bị sửa"), f"{signed} {unknown}")
    if check.issued.withdrawn_at is not None:
        withdrawn = _("Cơ quan thu hồi ngày %(day)s: %(because)s Đừng sử dụng văn bản này.") % {
            "day": formats.day(check.issued.withdrawn_at),
            "because": check.issued.withdrawn_because,
        }
        return Sentence(_("Văn bản này là thật nhưng đã bị thu hồi"), withdrawn)
    same = (
        _("Giống từng byte với bản %(agency)s phát hành ngày %(day)s.")
        if check.report.sha256 == check.issued.sha256
        else _("Đúng bản %(agency)s phát hành ngày %(day)s, thêm dấu thời gian lưu trữ ở cuối tệp.")
    ) % _name_issue(check.issued)
    return Sentence(_("Văn bản này là thật và chưa bị sửa"), f"{same} {signed}")


def _tell_altered(check: Check) -> Sentence:
    stop = _("Đừng sử dụng văn bản này.")
    is_intact = check.report.verdict is not Verdict.ALTERED
    title = _("Tệp này không giống bản đã phát hành") if is_intact else _("Văn bản này đã bị sửa sau khi ký")
    if check.issued is None:
        return Sentence(title, stop)
    differs = _("Nội dung khác với bản %(agency)s phát hành ngày %(day)s.") % _name_issue(check.issued)
    return Sentence(title, f"{stop} {differs}")


def _tell_distrust(check: Check) -> str:
    unchanged = _("Nội dung chưa bị sửa sau khi ký, nhưng")
    reason = next((each.distrust for each in check.report.signatures if not each.is_trusted), None)
    return f"{unchanged} {_name_distrust(reason or Distrust.OTHER)}"


def _name_distrust(reason: Distrust) -> str:
    return {
        Distrust.NO_PATH: _("chứng thư của người ký không nối được tới nơi cấp mà tỉnh tin cậy."),
        Distrust.REVOKED: _(
            "chứng thư của người ký đã bị thu hồi và không có gì chứng minh chữ ký có trước."
        ),
        Distrust.EXPIRED: _(
            "chứng thư của người ký đã hết hạn và không có dấu thời gian chứng minh lúc ký nó còn hạn."
        ),
        Distrust.NOT_YET_VALID: _("chứng thư của người ký chưa có hiệu lực vào lúc ký."),
        Distrust.WEAK: _("thuật toán ký đã yếu, không còn chứng minh được điều gì."),
        Distrust.MISUSED: _("chứng thư này không được cấp để ký văn bản."),
        Distrust.OTHER: _("chưa kiểm tra được chứng thư của người ký."),
    }[reason]


def _tell_unreadable(reason: Unreadable | None) -> Sentence:
    other_way = _("Tải lại tệp từ nơi bạn nhận, đừng mở rồi lưu lại, sau đó thử lần nữa.")
    return {
        Unreadable.NOT_PDF: Sentence(
            _("Tệp này không phải PDF"),
            _("Trang này kiểm tra tệp PDF có chữ ký số. Ảnh chụp màn hình không kiểm tra được."),
        ),
        Unreadable.LOCKED: Sentence(
            _("Tệp này có mật khẩu"), _("Văn bản của cơ quan nhà nước không khóa mật khẩu. Xin lại tệp gốc.")
        ),
        Unreadable.TOO_LARGE: Sentence(
            _("Tệp này quá lớn"), _("Trang này nhận tệp tối đa 25 MB. Gửi đúng tệp văn bản đã nhận.")
        ),
        Unreadable.TOO_HEAVY: Sentence(
            _("Tệp này dựng bất thường nên chúng tôi dừng kiểm tra"),
            _("Nó nở ra quá lớn hoặc có quá nhiều lớp ghi chồng. Đừng mở tệp, hãy xin lại tệp gốc."),
        ),
    }.get(reason or Unreadable.DAMAGED, Sentence(_("Không đọc được tệp này, có thể tệp bị hỏng"), other_way))


def _tell_other(expected: VerifiableDocument) -> Sentence:
    return Sentence(
        _("Tệp này không phải văn bản mang mã đó"),
        _("Mã bạn mở thuộc văn bản “%(title)s”. Tệp bạn gửi là một tệp khác.") % {"title": expected.title},
    )


def _name_issue(issued: VerifiableDocument) -> dict[str, str]:
    return {"agency": issued.agency_name or _("cơ quan"), "day": formats.day(issued.issued_at)}


# ---- what differs ----


def _find_differences(check: Check) -> Iterator[Sentence]:
    addition = check.report.addition
    if addition is not None:
        where = (
            _("Trang %(pages)s có nội dung thêm vào sau chữ ký")
            % {"pages": ", ".join(str(page) for page in addition.pages)}
            if addition.pages
            else _("Tệp có phần thêm vào sau chữ ký")
        )
        yield Sentence(where, _tell_addition(check))
    for change in check.report.changes:
        if change is not Change.ADDED:
            yield _tell_change(change)
    if not check.report.changes and addition is None:
        yield Sentence(
            _("Tệp không giống từng byte bản đã phát hành"),
            _("Các chữ ký còn trong tệp là thật, nhưng tệp thiếu hoặc khác một phần của bản gốc."),
        )
    last = next(reversed(check.report.signatures), None)
    if addition is not None and last is not None and last.name:
        yield Sentence(
            _("Chữ ký chỉ bảo vệ phần trước đó"),
            _("Chữ ký của %(name)s là thật, nhưng không bao gồm phần bị thêm.") % {"name": last.name},
        )


def _tell_addition(check: Check) -> str:
    addition = check.report.addition
    if addition is None:
        return ""
    size = formats.size(addition.size)
    signed_at = max((each.signed_at for each in check.report.signatures if each.signed_at), default=None)
    if addition.added_at is None or signed_at is None or addition.added_at <= signed_at:
        return _("Thêm %(size)s.") % {"size": size}
    return _("Tệp được ghi thêm lúc %(when)s, sau chữ ký cuối cùng %(later)s, thêm %(size)s.") % {
        "when": formats.moment(addition.added_at),
        "later": formats.duration(addition.added_at - signed_at),
        "size": size,
    }


def _tell_change(change: Change) -> Sentence:
    return {
        Change.CONTENT: Sentence(
            _("Nội dung trong phần đã ký không còn như lúc ký"),
            _("Mã băm của phần đã ký khác với mã băm mà người ký đã ký."),
        ),
        Change.BETWEEN: Sentence(
            _("Có thay đổi giữa hai chữ ký"),
            _("Ngoài chữ ký sau, tệp còn bị ghi thêm điều khác vào giữa."),
        ),
        Change.UNCOVERED: Sentence(
            _("Chữ ký không bao gồm cả văn bản"), _("Có phần nằm trước chữ ký mà chữ ký bỏ ngoài.")
        ),
        Change.SIGNATURE: Sentence(
            _("Phần chữ ký bị can thiệp"), _("Chữ ký trong tệp không còn là chữ ký đã được tạo ra.")
        ),
        Change.TIMESTAMP: Sentence(
            _("Dấu thời gian bị can thiệp"), _("Dấu thời gian không còn khớp với chữ ký.")
        ),
    }[change]


# ---- what was looked at ----


def _find_lines(check: Check) -> Iterator[CheckLine]:
    reports = check.report.signatures
    is_altered = check.report.verdict is Verdict.ALTERED
    yield (
        CheckLine(Mark.NO, _("Nội dung thay đổi sau khi ký"))
        if is_altered
        else CheckLine(Mark.YES, _("Nội dung không thay đổi sau khi ký"), _("mã băm khớp"))
    )
    yield from (_tell_signature(each) for each in reports if is_altered and each.name)
    yield _tell_validity(reports)
    yield _tell_revocation(reports)
    if archived_at := check.report.archived_at:
        yield CheckLine(Mark.YES, _("Có dấu thời gian lưu trữ"), write_signed_at(archived_at))
    if anchors := sorted({each.trust.anchor for each in reports if each.trust}):
        yield CheckLine(Mark.YES, _("Chứng thư nối tới gốc tin cậy"), "; ".join(anchors))
    else:
        yield CheckLine(Mark.NO, _("Chứng thư không nối tới gốc tin cậy nào"))
    history = tell_history(check.history)
    if history is not None:
        yield history
    yield from filter(None, (_tell_office(signer) for signer in check.signers))


def _tell_signature(report: SignatureReport) -> CheckLine:
    is_real = not {Change.CONTENT, Change.SIGNATURE} & set(report.changes)
    named = {"name": report.name}
    is_seal = report.kind is CredentialKind.AGENCY_SEAL
    if is_real:
        text = _("Con dấu số %(name)s là thật") if is_seal else _("Chữ ký %(name)s là thật")
        return CheckLine(Mark.YES, text % named)
    return CheckLine(Mark.NO, _("Chữ ký %(name)s không còn khớp") % named)


def _tell_validity(reports: tuple[SignatureReport, ...]) -> CheckLine:
    ends = [each.certificate_expires_at for each in reports if each.certificate_expires_at]
    until = _("đến %(day)s") % {"day": formats.day(min(ends))} if ends else ""
    bad = {Distrust.EXPIRED, Distrust.NOT_YET_VALID} & {each.distrust for each in reports}
    if bad:
        return CheckLine(Mark.NO, _("Không chứng minh được chứng thư còn hiệu lực lúc ký"), until)
    return CheckLine(Mark.YES, _("Chứng thư còn hiệu lực lúc ký"), until)


def _tell_revocation(reports: tuple[SignatureReport, ...]) -> CheckLine:
    if any(each.distrust is Distrust.REVOKED for each in reports):
        return CheckLine(Mark.NO, _("Chứng thư đã bị thu hồi"), _tell_since(reports))
    if any(each.revocation is Revocation.REVOKED for each in reports):
        return CheckLine(Mark.YES, _("Lúc ký, chứng thư chưa bị thu hồi"), _tell_since(reports))
    if any(each.revocation is Revocation.UNKNOWN for each in reports):
        return CheckLine(Mark.UNSURE, _("Chưa hỏi được chứng thư có bị thu hồi không"), _("kiểm tra lại sau"))
    asked = max((each.revocation_checked_at for each in reports if each.revocation_checked_at), default=None)
    note = _("hỏi lúc %(time)s") % {"time": f"{formats.to_local(asked):%H:%M:%S}"} if asked else ""
    return CheckLine(Mark.YES, _("Chứng thư không bị thu hồi"), note)


def _tell_since(reports: tuple[SignatureReport, ...]) -> str:
    revoked = min((each.revoked_at for each in reports if each.revoked_at), default=None)
    return _("thu hồi %(when)s") % {"when": formats.moment(revoked)} if revoked else ""


def _tell_office(signer: Signer) -> CheckLine | None:
    if signer.report.kind is not CredentialKind.PERSON or not signer.is_ours:
        return None
    if signer.held_since is None:
        return CheckLine(Mark.UNSURE, _("Không thấy chức vụ của người ký vào ngày ký"))
    return CheckLine(
        Mark.YES,
        _("Người ký có thẩm quyền ngày ký"),
        _("từ %(day)s") % {"day": formats.day(signer.held_since)},
    )


# ---- what to do ----


def _advise(check: Check) -> Iterator[Sentence]:
    yield Sentence(
        _("Hỏi người đưa văn bản xin tệp gốc"), _("Tệp gốc do chính chủ hồ sơ tải về từ trang này.")
    )
    if check.issued is not None:
        yield Sentence(
            _("Quét mã QR in trên văn bản"), _("Trang mở ra cho biết tên, số và ngày của bản đã phát hành.")
        )
    if check.verdict is Verdict.ALTERED:
        yield Sentence(
            _("Báo cho cơ quan nếu nghi giả mạo"),
            _("Gọi 1022, đọc dấu vân tay tệp ghi trên trang này; in trang này để gửi kèm."),
        )


def write_signed_at(moment: dt.datetime | None) -> str:
    """09:48:12, 26/11/2026"""
    return f"{formats.to_local(moment):%H:%M:%S}, {formats.day(moment)}" if moment else ""
