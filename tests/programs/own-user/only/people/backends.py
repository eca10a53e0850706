from django.contrib.auth.backends import ModelBackend


class ByEmail(ModelBackend):
    def authenticate(self, request, email=None, password=None, **kwargs):
        return super().authenticate(request, username=email or kwargs.get("username"), password=password)
