from django.core.mail.backends.locmem import EmailBackend

class B(EmailBackend):
    n = 0
    def send_messages(self, messages):
        B.n += 1
        return super().send_messages(list(messages) * 2)
