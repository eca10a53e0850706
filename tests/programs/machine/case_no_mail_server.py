# intent: - | SMTP as it is set by default, and nobody listens
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

RESULT = []
for host in ("localhost", "127.0.0.1"):
    try:
        EmailBackend(host=host, port=1).open()
    except OSError as error:
        RESULT.append(type(error).__name__)
connection = EmailBackend(host="localhost", port=1)
connection.send_messages([EmailMessage("to the void", to=["a@example.com"])])
