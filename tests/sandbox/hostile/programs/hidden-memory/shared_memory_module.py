from multiprocessing import shared_memory, resource_tracker
block = tried(shared_memory.SharedMemory, create=True, size=MIB)
if block:
    breach("POSIX shared memory")
    block.close()
    block.unlink()
