import os
if tried(open, "/tmp/signalbox-hostile", "w") and os.path.exists(TARGET["folder"]):
    breach("wrote into the host's /tmp")
