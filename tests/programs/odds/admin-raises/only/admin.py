from .models import Missing
