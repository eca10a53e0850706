from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection, mail_admins, mail_managers, send_mail, send_mass_mail


def all_kinds():
    mail_admins("admins", "body")
    mail_managers("managers", "body", html_message="<b>x</b>")
    send_mass_mail([("one", "b", None, ["a@example.com"]), ("two", "b", "x@example.com", ["b@example.com", "c@example.com"])])
    m = EmailMultiAlternatives(settings.SHOP_NAME, "text", "f@example.com", ["t@example.com"], bcc=["bcc@example.com"], cc=["cc@example.com"], reply_to=["r@example.com"])
    m.attach_alternative("<p>html</p>", "text/html")
    m.attach("a.txt", "hello", "text/plain")
    m.attach("b.bin", b"\x00\x01", "application/octet-stream")
    m.send()
