# intent: - | an ExceptionGroup
raise ExceptionGroup("two", [ValueError("a"), KeyError("b")])
