"""The module `labmail` that programs may import: email backends that fail or count."""

from smtplib import SMTPException
from typing import Any

from django.core.mail.backends.locmem import EmailBackend as LocMem


class FailingBackend(LocMem):
    """Raises for any message with a recipient at @fail.invalid; the rest lands in mail.outbox."""

    def send_messages(self, messages: Any) -> int:
        sent = 0
        for message in messages:
            if any(address.endswith("@fail.invalid") for address in message.recipients()):
                raise SMTPException("mailbox unavailable")
            sent += super().send_messages([message])
        return sent


class DownBackend(LocMem):
    """Raises for every message."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPException("mail server is down")


class CountingBackend(LocMem):
    """Counts connection objects and calls of send_messages()."""

    opened = 0
    batches = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        CountingBackend.opened += 1

    def send_messages(self, messages: Any) -> int:
        CountingBackend.batches += 1
        return super().send_messages(messages)
