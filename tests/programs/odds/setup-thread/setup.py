import threading, time
from django.core.mail import send_mail
def f():
    time.sleep(0.3)
    send_mail('late','',None,['l@example.com'])
threading.Thread(target=f).start()
