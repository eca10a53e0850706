"""A few small cards for tests of pages."""

from questions.models import Card, Topic

CODE = """\
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.core.mail import send_mail

class Note(models.Model):
    text = models.TextField()

@receiver(post_save, sender=Note)
def tell(sender, instance, **kwargs):
    send_mail("Noted", instance.text, "from@example.com", ["ann@example.com"])
"""
FIXED = CODE.replace("**kwargs):", "created, **kwargs):\n    if created:").replace(
    "    send_mail", "        send_mail"
)
CREATE = (
    '# intent: 1 | a new note\nfrom cardapp.models import Note\nNote.objects.create(text="A")\n'
)
AGAIN = """\
# intent: 1 | saved twice
from cardapp.models import Note

note = Note(text="A")
note.save()
note.save()
"""


def a_topic(name: str = "Signal Handling") -> Topic:
    slug = name.lower().replace(" ", "-")
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def a_card(number: int = 1, *, topic: str = "Signal Handling", **fields) -> Card:
    """Make a published card: buggy sends 1 and 2, fixed 1 and 1, wanted are 1 and 1."""
    card = Card.objects.create(
        **{
            "number": number,
            "slug": f"note-{number}",
            "title": f"Note {number}",
            "difficulty": 1,
            "status": "published",
            "scenario": "A note is saved, and Ann is told.",
            "question": "Why is Ann told twice?",
            "explanation": "SECRET explanation: the signal answers every save.",
            "answer": "SECRET answer: ask whether the note is new.",
            "hints": ["Count the saves.", "Read the signature."],
            "ideas": ["SECRET idea one", "SECRET idea two"],
            **fields,
        }
    )
    card.topics.add(a_topic(topic))
    versions = [
        ("buggy", "buggy", "The card's code", {"models.py": CODE}),
        ("fixed", "fixed", "SECRET title", {"models.py": FIXED}),
    ]
    for order, (name, kind, title, files) in enumerate(versions):
        card.versions.create(name=name, kind=kind, title=title, files=files, order=order)
    for order, (name, title, action) in enumerate(
        [("create", "A new note", CREATE), ("again", "Saved twice", AGAIN)]
    ):
        card.cases.create(
            name=name, title=title, action=action, wanted=1, predict=True, order=order
        )
    return card
