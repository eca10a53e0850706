# intent: - | GeneratorExit
raise GeneratorExit
