# intent: - | assertions of django.test without a test
from django.test import Client, SimpleTestCase
t = SimpleTestCase()
t.assertHTMLEqual("<p>a</p>", "<p> a </p>")
t.assertJSONEqual("[1]", [1])
try:
    t.assertEqual(1, 2)
except AssertionError as e:
    RESULT = str(e)
