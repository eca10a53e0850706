# expect: ok error memory_limit
# control: none: there is no report without a sandbox
from django.core.mail import EmailMessage
EmailMessage("s" * 100_000, "b" * 5_000_000, "a@example.com", ["x" * 300 + "@example.com"] * 5000).send()
