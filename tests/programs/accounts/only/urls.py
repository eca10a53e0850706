from django.contrib.auth import views
from django.urls import path

urlpatterns = [
    path("login/", views.LoginView.as_view(template_name="cardapp/login.html", next_page="/done/"), name="login"),
    path("logout/", views.LogoutView.as_view(next_page="/done/")),
    path("reset/", views.PasswordResetView.as_view(template_name="cardapp/login.html", success_url="/done/", email_template_name="cardapp/reset.txt", subject_template_name="cardapp/subject.txt")),
    path("reset/<uidb64>/<token>/", views.PasswordResetConfirmView.as_view(template_name="cardapp/login.html", success_url="/done/"), name="password_reset_confirm"),
]
