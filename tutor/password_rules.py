"""Rules of passwords, in the words of our forms."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError


class NotTheName(UserAttributeSimilarityValidator):
    """Django's rule; what Django calls the username, our forms call the name."""

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError as error:
            if error.params and error.params.get("verbose_name") == "username":
                error.params["verbose_name"] = "name"
            raise
