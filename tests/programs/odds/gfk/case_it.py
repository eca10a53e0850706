# intent: - | it
from cardapp.models import Post, Note
p=Post.objects.create()
p.notes.create(text='a')
n=Note.objects.get()
RESULT=[n.content_type_id, n.object_id, p.delete()]
