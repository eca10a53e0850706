from django.contrib.auth.models import Group, User
from cardapp.models import Author, Book
User.objects.create_superuser("root", "root@example.com", "pw")
User.objects.create_user("ann", "ann@example.com", "pw")
Group.objects.create(name="staff")
Author.objects.bulk_create([Author(id=1, name="A")])
Book.objects.bulk_create([Book(id=1, title="One", author_id=1), Book(id=2, title="Two", author_id=1)])
