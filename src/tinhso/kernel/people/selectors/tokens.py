from __future__ import annotations

from django.db.models import Q, QuerySet

from ..actor import Actor
from ..models import ApiToken
from ..rights import Gate, OwnerRule

TOKENS = Gate(model=ApiToken, rules=(OwnerRule(lambda account_id: Q(account_id=account_id)),))


def find_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's own API tokens, newest first; revoked ones too, so that their end can be seen."""
    return TOKENS.rows(actor).order_by("-created_at", "-pk")
