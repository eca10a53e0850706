# intent: - | a test, then the real thing
import unittest
from cardapp import models, tests
r = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromTestCase(tests.Plain).run(r)
models.Row.objects.create(name="after")
RESULT = [r.testsRun, len(r.failures), len(r.errors), models.Row.objects.count()]
