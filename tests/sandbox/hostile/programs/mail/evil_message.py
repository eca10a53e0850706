# expect: ok error
# control: none: there is no outbox in the control
from django.core.mail import EmailMessage
class Evil(EmailMessage):
    def recipients(self):
        return ["a@example.com"]
    @property
    def body(self):
        raise RuntimeError
    @body.setter
    def body(self, value):
        pass
Evil("s", "b", "a@example.com", ["b@example.com"]).send()
