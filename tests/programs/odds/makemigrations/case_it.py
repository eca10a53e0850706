# intent: - | it
from django.core.management import call_command
call_command('sqlmigrate','cardapp','0001')
