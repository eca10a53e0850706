from cardapp.models import Note
Note.objects.bulk_create([Note(id=1, text="First")])
