import os
if any(TARGET["canary"] in value for value in os.environ.values()):
    breach("the canary in the environment")
