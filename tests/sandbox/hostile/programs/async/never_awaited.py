# expect: ok error
# control: none: nothing to see outside
async def unawaited():
    breach("cannot be")
unawaited()
