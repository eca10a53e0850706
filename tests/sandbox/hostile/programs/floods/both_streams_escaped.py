# expect: ok output_limit
# control: none: it is about the length of the report
import os
from django.core.mail import send_mail
os.write(1, b'"' * 65536)
os.write(2, b"\xff" * 65536)
for _ in range(300):
    send_mail('"' * 250, '"' * 900, None, ['"' * 50 + "@example.com"] * 5)
RESULT = '"' * 9000
