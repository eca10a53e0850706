# intent: - | never reached: the settings were there
