from django.utils.translation import gettext_lazy as _

from tinhso.kernel.registry import CitizenMenuItem, RecordedAction, SearchSource, SystemManifest

from .palette import find_unit_hits
from .services import load_units

manifest = SystemManifest(
    code="orgs",
    label=_("Đơn vị hành chính và cơ quan"),
    search=(SearchSource(_("Đơn vị hành chính"), find_unit_hits, is_reference=True),),
    open_pages=(CitizenMenuItem(_("Đơn vị hành chính"), "orgs:look_up"),),
    recorded_actions=(RecordedAction("orgs.units_loaded", _("Nạp danh mục đơn vị hành chính")),),
    urls="tinhso.kernel.orgs.urls",
    api="tinhso.kernel.orgs.api",
    load_shipped=load_units,
)
