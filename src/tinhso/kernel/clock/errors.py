from django.utils.translation import gettext_lazy as _

from tinhso.kernel.errors import NotFoundError, TinhSoError


class DayAlreadyNamedError(TinhSoError):
    code = "clock.day_already_named"
    status = 409
    message = _("Ngày %(on)s đã có trong lịch: %(name)s. Bỏ dòng đó trước rồi thêm lại.")


class DayNotFoundError(NotFoundError):
    code = "clock.day_not_found"
    message = _("Dòng lịch này không còn. Tải lại trang để xem lịch hiện tại.")


class YearIncompleteError(TinhSoError):
    """The statutory days off of a year (Labour Code 2019, article 112) are not all in the calendar."""

    code = "clock.year_incomplete"
    status = 422
    message = _(
        "Chưa công bố được: lịch năm %(year)s mới có %(count)s trên %(wanted)s ngày nghỉ lễ theo luật."
    )


class ChoiceInPastError(TinhSoError):
    code = "clock.choice_in_past"
    status = 422
    message = _("Cách tính chỉ đổi được cho ngày sau hôm nay, vì hồ sơ đã nhận giữ cách tính lúc nhận.")


class PolicyUnknownError(TinhSoError):
    code = "clock.policy_unknown"
    status = 422
    message = _("Chưa có quy định tính thời hạn cho ngày %(on)s. Quy định sớm nhất có hiệu lực từ %(first)s.")


class PlanOverlapError(TinhSoError):
    code = "clock.plan_overlap"
    status = 409
    message = _("Đã có thay đổi bắt đầu từ %(on)s. Chọn ngày sau ngày đó.")
