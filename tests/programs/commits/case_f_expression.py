# intent: - | F() in a save
from django.db.models import F
from cardapp.models import Item
i = Item(name="f", stock=1)
i.save_base(raw=True)
i.stock = F("stock") + 1
i.save(update_fields=["stock"])
i.refresh_from_db()
RESULT = i.stock
