"""A person who logs in."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from salawaku.accounts.scoping import pattern


class UserManager(BaseUserManager["User"]):
    """Makes users with their e-mail address in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a user; without a password nobody can log in as that user yet."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who logs in with an e-mail address; what and where is in `assignments`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    PERSONAL = {"email": "hash", "name": "fake_name", "password": "blank"}

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def can(self, permission: str) -> bool:
        """Whether one of the user's roles allows this (codes in permissions.py)."""
        return self.is_active and permission in self._permissions

    def scope_patterns(self) -> list[str]:
        """Which persons the user may see, as patterns for the database (scoping.py)."""
        if not self.is_active:
            return []
        return [
            pattern(given.region_code, given.agency_code) for given in self._assignments if given.role.sees_persons
        ]

    @cached_property
    def regions(self) -> list[str]:
        """Codes of the regions the user works in."""
        return sorted({given.region_code for given in self._assignments})

    @cached_property
    def _assignments(self) -> list[Any]:
        return list(self.assignments.select_related("role"))

    @cached_property
    def _permissions(self) -> frozenset[str]:
        return frozenset(code for given in self._assignments for code in given.role.permissions)
