# intent: - | content types and permissions have the ids that migrate gives
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
RESULT = [
    [[c.pk, c.app_label, c.model] for c in ContentType.objects.order_by("pk")],
    [[p.pk, p.codename, p.content_type_id] for p in Permission.objects.order_by("pk")],
]
