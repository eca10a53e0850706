"""The addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from tutor.views import account, group, health, join, live, progress, quiz, result, review, shared

tutor_urls = [
    path("quiz/", quiz.quizzes, name="quizzes"),
    path("quiz/<uuid:pk>/", quiz.attempt, name="attempt"),
    path("quiz/<uuid:pk>/<int:position>/", quiz.question, name="question"),
    path("quiz/<uuid:pk>/<int:position>/grade/", quiz.question_grade, name="question_grade"),
    path("quiz/<uuid:pk>/finish/", quiz.attempt_finish, name="attempt_finish"),
    path("quiz/<uuid:pk>/retry/", quiz.attempt_retry, name="attempt_retry"),
    path("quiz/<uuid:pk>/result/", result.result, name="result"),
    path("review/", review.review, name="review"),
    path("review/undo/", review.review_undo, name="review_undo"),
    path("review/card/<slug:slug>/", review.review_card, name="review_card"),
    path("review/card/<slug:slug>/show/", review.review_show, name="review_show"),
    path("review/card/<slug:slug>/rate/", review.review_rate, name="review_rate"),
    path("progress/", progress.progress, name="progress"),
    path("progress/data.json", progress.data_json, name="data_json"),
    path("progress/data.csv", progress.data_csv, name="data_csv"),
    path("progress/delete/", progress.data_delete, name="data_delete"),
    path("r/", shared.share, name="share"),
    path("r/<slug:pk>/", shared.shared_run, name="shared_run"),
    path("r/<slug:pk>/fork/", shared.shared_fork, name="shared_fork"),
    path("r/<slug:pk>/delete/", shared.shared_delete, name="shared_delete"),
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.join_group, name="join_group"),
    path("class/<int:pk>/", join.classroom, name="classroom"),
    path("class/<int:pk>/leave/", join.leave, name="leave"),
    path("class/<int:pk>/answer/", live.class_answer, name="class_answer"),
    path("teach/", group.groups, name="groups"),
    path("teach/<int:pk>/", group.group, name="group"),
    path("teach/<int:pk>/renew/", group.group_renew, name="group_renew"),
    path("teach/<int:pk>/remove/<int:member>/", group.group_remove, name="group_remove"),
    path("teach/<int:pk>/delete/", group.group_delete, name="group_delete"),
    path("teach/<int:pk>/live/", live.live_open, name="live_open"),
    path("teach/<int:pk>/live/<int:live>/", live.live, name="live"),
    path("teach/<int:pk>/live/<int:live>/step/", live.live_step, name="live_step"),
    path("account/", account.account, name="account"),
    path("account/sign-up/", account.sign_up, name="sign_up"),
    path("account/sign-in/", account.sign_in, name="sign_in"),
    path("account/sign-out/", account.sign_out, name="sign_out"),
    path("account/link/<str:token>/", account.sign_in_link, name="sign_in_link"),
    path("account/password/", account.password_change, name="password_change"),
    path("account/password/changed/", account.password_changed, name="password_changed"),
    path("account/password/forgotten/", account.password_reset, name="password_reset"),
    path("account/password/sent/", account.password_reset_sent, name="password_reset_sent"),
    path("account/password/<uidb64>/<token>/", account.password_set, name="password_set"),
    path("account/delete/", account.account_delete, name="account_delete"),
]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include((tutor_urls, "tutor"))),
    path("", include("questions.urls")),
]
