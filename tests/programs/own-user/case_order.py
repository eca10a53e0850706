# intent: - | an order, with a translated subject in local time
from people.models import Person
from shop.models import Order
Order.objects.create(buyer=Person.objects.get())
