"""The addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from tutor.views import account, health, quiz, result

tutor_urls = [
    path("quiz/", quiz.quizzes, name="quizzes"),
    path("quiz/<uuid:pk>/", quiz.attempt, name="attempt"),
    path("quiz/<uuid:pk>/<int:position>/", quiz.question, name="question"),
    path("quiz/<uuid:pk>/<int:position>/grade/", quiz.question_grade, name="question_grade"),
    path("quiz/<uuid:pk>/finish/", quiz.attempt_finish, name="attempt_finish"),
    path("quiz/<uuid:pk>/retry/", quiz.attempt_retry, name="attempt_retry"),
    path("quiz/<uuid:pk>/result/", result.result, name="result"),
    path("account/link/<str:token>/", account.sign_in_link, name="sign_in_link"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include((tutor_urls, "tutor"))),
    path("", include("questions.urls")),
]
