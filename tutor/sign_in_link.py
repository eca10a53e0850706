"""A link that signs somebody in once, soon."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import signing
from django.urls import reverse
from django.utils import timezone

SALT = "tutor.sign_in_link"
MINUTES = 15
WORKS = f"works once, within {MINUTES} minutes"


def make(user: User) -> str:
    """Return the path that signs this user in: once, and within MINUTES.

    The token holds the time of the last sign-in, so that any sign-in ends it.
    """
    last = user.last_login.isoformat() if user.last_login else ""
    token = signing.dumps([user.pk, last], salt=SALT, compress=True)
    return reverse("tutor:sign_in_link", args=[token])


def spend(token: str) -> User | None:
    """Return whom this token signs in and make it worthless; None when it already is."""
    try:
        pk, last = signing.loads(token, salt=SALT, max_age=60 * MINUTES)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True).first()
    if user is None or (user.last_login.isoformat() if user.last_login else "") != last:
        return None
    # One statement decides between two who come at the same time.
    rows = get_user_model().objects.filter(pk=pk, last_login=user.last_login)
    return user if rows.update(last_login=timezone.now()) else None
