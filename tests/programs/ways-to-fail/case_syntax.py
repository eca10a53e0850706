# intent: - | not Python
def f(:
