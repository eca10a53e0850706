import sys
if any(TARGET["canary"] in text for text in sys.argv + sys.orig_argv):
    breach("the canary among the arguments")
# control: none: nothing puts it there in the control
