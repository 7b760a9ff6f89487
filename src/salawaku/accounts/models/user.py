"""A person who logs in."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from salawaku.accounts.scoping import NOTHING, Scope, covers


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
        """Whether one of the user's roles allows this somewhere (codes in permissions.py)."""
        return bool(self.regions_where(permission))

    def can_in(self, permission: str, region_code: str) -> bool:
        """Whether a role that allows this was given for that region or one above it, for all its agencies."""
        return any(covers(region, region_code) for region in self.regions_where(permission, whole=True))

    def regions_where(self, permission: str, *, whole: bool = False) -> list[str]:
        """The regions for which a role with this permission was given; `whole` leaves single agencies out."""
        if not self.is_active:
            return []
        return sorted(
            {
                given.region_code
                for given in self._assignments
                if permission in given.role.permissions and not (whole and given.agency_code)
            }
        )

    def scope(self) -> Scope:
        """What the user may see, for the database (scoping.py); a closed account sees nothing."""
        if not self.is_active:
            return NOTHING
        seen = [given for given in self._assignments if given.role.sees_persons]
        return Scope(
            regions=tuple(sorted({given.region_code for given in seen if not given.agency_code})),
            offices=tuple(
                sorted({f"{given.agency_code}|{given.region_code}" for given in seen if given.agency_code})
            ),
            audit=tuple(self.regions_where("audit.view", whole=True)),
        )

    def forget_roles(self) -> None:
        """Read roles and permissions anew: they changed under this instance."""
        for name in ("_assignments", "regions"):
            self.__dict__.pop(name, None)

    @cached_property
    def regions(self) -> list[str]:
        """Codes of the regions the user works in."""
        return sorted({given.region_code for given in self._assignments})

    @cached_property
    def _assignments(self) -> list[Any]:
        return list(self.assignments.select_related("role"))
