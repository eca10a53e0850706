# expect: error
# control: exits
group = ValueError("inside")
for i in range(500):
    group = ExceptionGroup(f"level {i}", [group])
raise group
