import threading
gate = threading.Event()
alive = 0
for _ in range(100):
    if tried(threading.Thread(target=gate.wait, daemon=True).start) is None:
        alive = threading.active_count()
gate.set()
if alive > 24:
    breach(f"{alive} threads at once")
