# intent: - | the app's own tests, outside a runner
import unittest
from cardapp import tests
r = unittest.TestResult()
unittest.defaultTestLoader.loadTestsFromModule(tests).run(r)
RESULT = [r.testsRun, len(r.failures), len(r.errors)]
