# intent: - | an async view by both clients
import asyncio
from django.test import AsyncClient, Client
async def go():
    c = AsyncClient()
    r = await c.post("/add/", {"text": "async", "kind": "a"})
    s = await c.get("/list/")
    return [r.status_code, s.json()]
RESULT = [asyncio.run(go()), Client().get("/list/").json()]
