# intent: - | it
from django.contrib.auth.models import Group, Permission, User
g=Group.objects.create(name='g'); u=User.objects.create(username='u')
u.groups.add(g); g.user_set.remove(u); g.permissions.set(Permission.objects.all()[:3]); u.user_permissions.add(Permission.objects.first()); u.groups.set([g])
RESULT=sorted(u.get_all_permissions())
