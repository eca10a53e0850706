# intent: - | the ways to make a user
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
U = get_user_model()
U.objects.create_user("bob", "bob@example.com", "pw")
User.objects.create(username="cat", email="cat@example.com")
User.objects.bulk_create([User(username="dan", email="dan@example.com")])
User(username="eve", email="eve@example.com").save()
u = User.objects.get(username="cat")
u.groups.add(Group.objects.create(name="g"))
u.set_password("x")
u.save(update_fields=["password"])
RESULT = u.has_perm("cardapp.add_profile")
