from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend


class Own(BaseEmailBackend):
    """Puts messages into the outbox itself."""

    def send_messages(self, messages):
        for m in messages:
            mail.outbox.append(m)
        return len(messages)


class Nowhere(BaseEmailBackend):
    def send_messages(self, messages):
        return len(messages)
