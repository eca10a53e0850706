# expect: ok error crashed
# control: none: what broken bytecode does differs by version
def f():
    pass
f.__code__ = f.__code__.replace(co_code=b"\x64\xff" * 20 + f.__code__.co_code, co_stacksize=0)
f()
