import os
hit = [pid for pid in range(2, 3000) if pid != os.getpid() and syscall(62, pid, 0) == 0]
if hit:
    breach(f"can signal {hit[:3]}")
