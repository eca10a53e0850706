from cardapp.models import Place, Tag
Tag.objects.bulk_create([Tag(id=1, name="a"), Tag(id=2, name="b"), Tag(id=3, name="c")])
Place.objects.create(id=1, name="old")
