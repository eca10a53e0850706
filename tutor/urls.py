"""The addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from tutor.views import account, health

tutor_urls = [
    path("account/link/<str:token>/", account.sign_in_link, name="sign_in_link"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include((tutor_urls, "tutor"))),
    path("", include("questions.urls")),
]
