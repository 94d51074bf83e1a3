"""The one-stop for other systems, under /api/v1/onestop/."""

from ninja import Router

from .actions import router as actions
from .dossiers import router as dossiers
from .payments import router as payments
from .portal import router as portal
from .procedures import router as procedures

router = Router(tags=["onestop"])
router.add_router("", procedures)
router.add_router("", dossiers)
router.add_router("", actions)
router.add_router("", payments)
router.add_router("", portal)

__all__ = ["router"]
