# intent: - | apps that are called like packages of the site
import sandbox
from questions.models import Question
from sandbox.models import Child
Question.objects.create(child=Child.objects.create(name="a"))
RESULT = sorted(name for name in dir(sandbox) if not name.startswith("_"))
