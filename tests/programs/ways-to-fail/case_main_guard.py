# intent: - | what a case knows of itself
import sys
RESULT = [__name__, __file__.rsplit("/", 1)[-1], "case" in sys.modules, sys.argv[1:] == [], sys.flags.hash_randomization, hash("abc") % 7]
