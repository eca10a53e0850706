from django.apps import AppConfig

class C(AppConfig):
    name = "cardapp"
    def ready(self):
        self.get_model("Row").objects.create(name="early")
