# expect: ok error time_limit memory_limit
# control: none: there is no report without a sandbox
from django.core.mail import send_mail
for i in range(2000):
    send_mail(f"flood {i}", "x" * 2000, "a@example.com", ["b@example.com"])
