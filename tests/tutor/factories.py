"""Cards as rows, small and true: the seed's three versions in three cases, as measured."""

from questions.models import Card, Case, Claim, Topic, Version

BUGGY = """from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class UserProfile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    bio = models.TextField(blank=True)


@receiver(post_save, sender=UserProfile)
def notify_on_profile_update(sender, instance, **kwargs):
    send_mail("Profile Updated", "Your profile was updated.", None, [instance.user.email])
"""
FIXED = BUGGY.replace("instance, **kwargs", "instance, created, **kwargs").replace(
    "    send_mail(", "    if not created:\n        send_mail("
)
# Answers for certain cases only, so that a leak of any of them shows.
HARDENED = (
    BUGGY.replace(
        "@receiver(post_save, sender=UserProfile)\ndef notify_on_profile_update",
        """@receiver(pre_save, sender=UserProfile)
def remember_bio(sender, instance, raw, **kwargs):
    stored = None if raw else UserProfile.objects.filter(pk=instance.pk).first()
    instance.bio_changed = stored is not None and stored.bio != instance.bio


@receiver(post_save, sender=UserProfile)
def notify_on_profile_update""",
    )
    .replace(
        "    send_mail(",
        '    if instance.__dict__.pop("bio_changed", False):\n        send_mail(',
    )
    .replace("import post_save", "import post_save, pre_save")
)
IF_CREATED = FIXED.replace("if not created", "if created")
SETUP = """from cardapp.models import UserProfile
from django.contrib.auth.models import User

UserProfile.objects.create(user=User.objects.create_user("ann", "ann@example.com"), bio="Old")
"""
CASES = {
    "one_update": (
        "One update",
        1,
        "from cardapp.models import UserProfile\n\n"
        "profile = UserProfile.objects.get()\nprofile.bio = 'New'\nprofile.save()\n",
    ),
    "create": (
        "A new profile",
        0,
        "from cardapp.models import UserProfile\n"
        "from django.contrib.auth.models import User\n\n"
        "UserProfile.objects.create(user=User.objects.create_user('ben', 'ben@example.com'))\n",
    ),
    "no_change_save": (
        "Saved without a change",
        0,
        "from cardapp.models import UserProfile\n\nUserProfile.objects.get().save()\n",
    ),
}
CLAIMS = {
    "buggy": {"one_update": 1, "create": 1, "no_change_save": 1},
    "fixed": {"one_update": 1, "create": 0, "no_change_save": 1},
    "hardened": {"one_update": 1, "create": 0, "no_change_save": 0},
    "if_created": {"one_update": 0, "create": 1, "no_change_save": 0},
}
CANARIES = ("EXPLANATION-CANARY", "ANSWER-CANARY", "NOTE-CANARY", "IDEA-CANARY", "HINT-CANARY")


def topic(name="Signal Handling"):
    slug = name.lower().replace(" ", "-")
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def card(number=4, **fields):
    """Return a published card with four versions in three cases."""
    topics = fields.pop("topics", ["Signal Handling"])
    made = Card.objects.create(
        number=number,
        slug=fields.pop("slug", f"profile-update-{number}"),
        title=fields.pop("title", f"One update, several emails {number}"),
        difficulty=fields.pop("difficulty", 2),
        status=fields.pop("status", Card.Status.PUBLISHED),
        scenario="Readers complain: one change of the profile, several emails.",
        question="How would you send one email for one change?",
        explanation="EXPLANATION-CANARY: `post_save` is sent after every save.",
        answer="ANSWER-CANARY: it looks at `created`.",
        hints=["HINT-CANARY one", "HINT-CANARY two"],
        ideas=["IDEA-CANARY: every save sends it", "IDEA-CANARY: created says which"],
        bug_lines={"models.py": [13, 14]},
        setup=SETUP,
        **fields,
    )
    made.topics.set([topic(name) for name in topics])
    code = {"buggy": BUGGY, "fixed": FIXED, "hardened": HARDENED, "if_created": IF_CREATED}
    titles = {"buggy": "The card's code", "fixed": "The card's answer"}
    cases = {
        name: Case.objects.create(
            card=made, name=name, title=title, wanted=wanted, action=action,
            predict=True, order=order,
        )
        for order, (name, (title, wanted, action)) in enumerate(CASES.items())
    }  # fmt: skip
    for order, (name, text) in enumerate(code.items()):
        version = Version.objects.create(
            card=made,
            name=name,
            kind="decoy" if name == "if_created" else name,
            title=titles.get(name, name),
            note=f"NOTE-CANARY {name}",
            files={"models.py": text},
            order=order,
        )
        for case, emails in CLAIMS[name].items():
            Claim.objects.create(version=version, case=cases[case], emails=emails)
    return made
