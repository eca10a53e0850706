"""A new card that loads and runs at once: a small true one, to be rewritten piece by piece."""

from __future__ import annotations

from questions.card_data import CardData, CaseData, ClaimData, VersionData

BUGGY = """from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Order(models.Model):
    email = models.EmailField()


@receiver(post_save, sender=Order)
def confirm(sender, instance, **kwargs):
    send_mail("Your order", "Thank you.", None, [instance.email])
"""
FIXED = BUGGY.replace("instance, **kwargs", "instance, created, **kwargs").replace(
    "    send_mail", "    if created:\n        send_mail"
)
CREATED = """# intent: 1 | a new order
from cardapp.models import Order

Order.objects.create(email="ann@example.com")
"""
SAVED_AGAIN = """# intent: 0 | the address is corrected later
from cardapp.models import Order

order = Order.objects.get(pk=1)
order.email = "ann@example.org"
order.save()
"""
SETUP = """from cardapp.models import Order

Order.objects.create(id=1, email="ann@example.net")
"""


def new_card(slug: str, number: int, topic: str) -> CardData:
    """Return a draft that is true as it stands; every text says what belongs in its place."""
    return CardData(
        slug=slug,
        number=number,
        title=slug.replace("-", " ").capitalize(),
        topics=[topic],
        difficulty=1,
        status="draft",
        scenario="The story: who noticed what, in at most 80 words. It could have happened.",
        question="Asks for one thing.",
        explanation="What people believe, that it is wrong, what really happens and where Django "
        "does it, how to notice it in one's own code, and when the fix is not wanted.",
        answer="What the fixed version changes, in words.",
        hints=["A first hint.", "One that gives more."],
        ideas=["An idea that a good answer mentions.", "Another one."],
        references=[
            {
                "title": "Signals: post_save",
                "url": "https://docs.djangoproject.com/en/5.2/ref/signals/#post-save",
            }
        ],
        bug_lines={"models.py": [11]},
        setup=SETUP,
        versions=[
            VersionData("buggy", "buggy", "The card's code", files={"models.py": BUGGY}),
            VersionData("fixed", "fixed", "The card's answer", files={"models.py": FIXED}),
        ],
        cases=[
            CaseData(
                "created", "A new order", 1, "a new order", CREATED, predict=True,
                claims={"buggy": ClaimData(1), "fixed": ClaimData(1)},
            ),
            CaseData(
                "saved_again", "Saved again", 0, "the address is corrected later", SAVED_AGAIN,
                predict=True, claims={"buggy": ClaimData(1), "fixed": ClaimData(0)},
            ),
        ],
    )  # fmt: skip
