# control: none: the control imports nothing of the site
import sys
loaded = [n for n in sys.modules if n.split(".")[0] in ("tutor", "questions", "gunicorn", "environ")]
if loaded:
    breach(f"modules of the web app {loaded[:3]}")
