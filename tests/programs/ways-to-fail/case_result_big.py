# intent: - | many numbers
RESULT = list(range(1000))
