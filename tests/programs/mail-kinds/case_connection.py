# intent: - | one connection, many messages
from django.core.mail import EmailMessage, get_connection
with get_connection() as c:
    c.send_messages([EmailMessage(str(i), "b", None, [f"{i}@example.com"]) for i in range(3)])
    EmailMessage("last", "b", None, ["z@example.com"], connection=c).send()
