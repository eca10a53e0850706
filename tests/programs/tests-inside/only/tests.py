from django.conf import settings
from django.core import mail
from django.test import RequestFactory, SimpleTestCase, TestCase, TransactionTestCase, override_settings

from .models import Row


class Plain(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.row = Row.objects.create(name="data")

    def test_one(self):
        Row.objects.create(name="one")
        self.assertEqual(len(mail.outbox), 1)

    def test_captured(self):
        with self.captureOnCommitCallbacks(execute=True) as callbacks:
            Row.objects.create(name="two")
        self.assertEqual(len(callbacks), 1)
        self.assertEqual(callbacks[0].__qualname__, "tell.<locals>.<lambda>")
        self.assertEqual(len(mail.outbox), 2)

    def test_queries(self):
        with self.assertNumQueries(1):
            list(Row.objects.all())


@override_settings(SHOP="x", EMAIL_BACKEND="labmail.CountingBackend")
class Real(TransactionTestCase):
    def test_committed(self):
        Row.objects.create(name="real")
        self.assertEqual(len(mail.outbox), 2)
        self.assertEqual(settings.SHOP, "x")


class Simple(SimpleTestCase):
    def test_no_database(self):
        with self.assertRaises(Exception):
            Row.objects.count()
