from django.apps import AppConfig

class C(AppConfig):
    name = "cardapp"
    def ready(self):
        from django.core.mail import send_mail; send_mail("ready","",None,["r@example.com"])
