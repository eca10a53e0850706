"""Pages about cards."""

app_name = "questions"
urlpatterns: list = []
