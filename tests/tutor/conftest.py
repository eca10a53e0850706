"""Who the tests of the site are done by."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


@pytest.fixture
def teacher():
    user = User.objects.create_user("teacher", is_staff=True)
    user.groups.add(Group.objects.get(name="Instructors"))
    client = Client()
    client.force_login(user)
    return client
