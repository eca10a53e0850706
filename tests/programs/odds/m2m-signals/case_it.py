# intent: - | it
from cardapp.models import P,T
p=P.objects.create(); t=T.objects.create(); u=T.objects.create()
p.ts.add(t,u); p.ts.add(t); p.ts.set([u]); t.p_set.set([p]); p.ts.create(); p.ts.clear(); p.delete()
