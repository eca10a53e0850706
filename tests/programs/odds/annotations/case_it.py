# intent: - | it
from __future__ import annotations
from dataclasses import dataclass
@dataclass
class D:
    x: Undefined
RESULT=list(D.__annotations__.values())
from cardapp.models import Row
Row.objects.create(name='a')
