import queue
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

from django.core.mail import send_mail
from django.db import close_old_connections, connection, models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver


class Task(models.Model):
    name = models.CharField(max_length=40)
    done = models.BooleanField(default=False)


@receiver(post_save, sender=Task)
def queue_it(sender, instance, created, **kwargs):
    if created:
        send_mail(instance.name, threading.current_thread().name, None, ["t@example.com"])


class Worker(threading.Thread):
    """A queue and a worker, as small as they get."""

    def __init__(self):
        super().__init__(name="worker")
        self.jobs = queue.Queue()

    def delay(self, func, *args):
        self.jobs.put((func, args))

    def run(self):
        while True:
            func, args = self.jobs.get()
            if func is None:
                break
            func(*args)
        connection.close()


def make(name):
    Task.objects.create(name=name)
    connection.close()


def finish(pk):
    with transaction.atomic():
        Task.objects.filter(pk=pk).update(done=True)
    send_mail("done", str(Task.objects.filter(pk=pk).count()), None, ["d@example.com"])
    connection.close()


def in_pool(names):
    with ThreadPoolExecutor(2) as pool:
        return [f.result() for f in as_completed([pool.submit(make, n) for n in names])]
