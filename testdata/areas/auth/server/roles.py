"""Roles and the state of accounts, in Django."""
from dataclasses import dataclass, field

from app.models import TeamMember


def visible(request, team):
    items = team.items
    if TeamMember.objects.filter(member=request.user, team=team, role=15).exists():  #~ area auth:critical
        items = items.owned()
    return items


def named(request, team):
    items = team.items
    if TeamMember.objects.filter(name=request.title, team=team).exists():
        items = items.ordered()
    return items


def keep(answer, value):
    answer.set_cookie("refresh_token", value, samesite="Lax", path="/")  #~ area auth
    return answer


def order(client):
    client.strict_authentication = False  #~ area auth:critical
    return client
