"""How often a door may be tried: token buckets in the database, so exact over all processes.

A name is limited for each client, so that nobody is locked out by tries made elsewhere, and a
client in all. Who gets in gets the try back: a class behind one address can sign in together.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tutor.models import Allowance


class Bucket(NamedTuple):
    """`size` tries in a burst, and `hourly` ones after that."""

    size: int
    hourly: int


DOORS = {
    ("sign-in", "name"): Bucket(10, 30),
    ("sign-in", "client"): Bucket(60, 300),
    ("reset", "name"): Bucket(3, 3),
    ("reset", "client"): Bucket(20, 20),
}
KEPT = timedelta(days=2)  # by then every bucket is full again
Keys = dict[str, Bucket]


class TooOften(Exception):
    """Too many tries; `wait` is in seconds, and the text is for whoever tried."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        minutes = -(-wait // 60)
        when = f"{minutes} minutes" if minutes > 1 else f"{wait} seconds"
        super().__init__(f"Too many tries from your address. Try again in {when}.")


def client_of(request: HttpRequest) -> str:
    """Return the address that asks, of IPv6 the /64 that one customer has; "" if unknown.

    The proxy's word counts only where the site is behind one.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY or not address:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        address = forwarded or address
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def take(request: HttpRequest, door: str, name: str) -> Keys:
    """Take one try of this name and one of this client, to be given back; raise TooOften."""
    client, now = client_of(request), timezone.now()
    keys = {
        _key(door, "name", client, name.strip().casefold()): DOORS[door, "name"],
        _key(door, "client", client): DOORS[door, "client"],
    }
    with transaction.atomic():
        Allowance.objects.filter(at__lt=now - KEPT).delete()
        kept = [(_filled(key, bucket, now), bucket) for key, bucket in sorted(keys.items())]
        if waits := [_wait(one, bucket) for one, bucket in kept if one.tokens < 1]:
            raise TooOften(max(waits))
        for one, _ in kept:
            one.tokens -= 1
            one.save()
    return keys


def give_back(keys: Keys) -> None:
    """Put the tries back that were taken: this one got in."""
    now = timezone.now()
    with transaction.atomic():
        for key, bucket in sorted(keys.items()):
            one = _filled(key, bucket, now)
            one.tokens = min(bucket.size, one.tokens + 1)
            one.save()


def _filled(key: str, bucket: Bucket, now: datetime) -> Allowance:
    """Return a bucket, locked, with what has come into it since it was last used."""
    full = {"tokens": float(bucket.size), "at": now}
    Allowance.objects.get_or_create(key=key, defaults=full)
    one = Allowance.objects.select_for_update().get(key=key)
    hours = max(0.0, (now - one.at) / timedelta(hours=1))
    one.tokens, one.at = min(bucket.size, one.tokens + hours * bucket.hourly), now
    return one


def _wait(one: Allowance, bucket: Bucket) -> int:
    return max(1, round((1 - one.tokens) / bucket.hourly * 3600))


def _key(*parts: str) -> str:
    """Return a name for a bucket that tells nobody whose it is."""
    return salted_hmac("tutor.tries", "\0".join(parts), algorithm="sha256").hexdigest()
