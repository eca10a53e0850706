# intent: - | what is not in the project cannot be imported
found = []
for name in ("tutor", "sandbox.child", "manage", "conftest"):
    try:
        __import__(name)
    except ImportError:
        continue
    found.append(name)
RESULT = found
