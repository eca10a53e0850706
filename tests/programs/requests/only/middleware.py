import threading

from django.core.mail import send_mail

local = threading.local()


class Counting:
    count = 0

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        Counting.count += 1
        return self.get_response(request)

    def process_exception(self, request, exception):
        send_mail("Crash", type(exception).__name__, None, ["ops@example.com"])


def who(get_response):
    def middleware(request):
        local.who = request.META.get("HTTP_X_WHO", "")
        try:
            return get_response(request)
        finally:
            del local.who

    return middleware
