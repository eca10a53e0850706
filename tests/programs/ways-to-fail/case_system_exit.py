# intent: - | SystemExit with a text
raise SystemExit("bye")
