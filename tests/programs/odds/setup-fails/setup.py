from cardapp.models import Row
Row.objects.create(name='s')
raise LookupError('setup')
