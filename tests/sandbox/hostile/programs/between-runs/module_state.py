# twice
# control: none: two processes never share module state; here neither must two runs
import django
if hasattr(django, "left_behind"):
    breach("module state of an earlier run")
django.left_behind = True
