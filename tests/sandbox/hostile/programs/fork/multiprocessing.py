import multiprocessing
p = multiprocessing.get_context("fork").Process(target=print)
if tried(p.start) is None and p.pid:
    breach("multiprocessing")
