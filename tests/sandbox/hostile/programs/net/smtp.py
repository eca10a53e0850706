# expect: ok error
import smtplib
try:
    smtplib.SMTP("127.0.0.1", TARGET["port"], timeout=2)
except TimeoutError:
    breach("connected to a mail server")
except smtplib.SMTPServerDisconnected:
    breach("connected to a mail server")
except OSError:
    pass
