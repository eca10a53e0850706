# intent: - | it
import asyncio
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from cardapp.models import Row
w=get_wsgi_application()
async def go():
    async for r in Row.objects.all():
        pass
    try:
        Row.objects.count()
    except Exception as e:
        return type(e).__name__
RESULT=asyncio.run(go())
from cardapp.models import Row
Row.objects.create(name='a')
