"""Opening and closing accounts."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm
from allauth.core.context import request_context
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from salawaku.accounts import audit
from salawaku.accounts.actions.checks import may_manage, not_oneself
from salawaku.accounts.actions.roles import role_give
from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refused


@transaction.atomic
def user_open(*, by: User | None, email: str, name: str, password: str | None = None) -> User:
    """Open an account. `by` is None only for the first administrator, made from the command line."""
    may_manage(by, [])
    email, name = email.strip().lower(), " ".join(name.split())
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("That is not an e-mail address.")) from error
    if not name:
        raise Refused(_("An account needs the name of the person."))
    if User.objects.filter(email=email).exists():
        raise Refused(_("There is an account with this e-mail address already."))
    user = User.objects.create_user(email, password, name=name)
    audit.record(by=by, kind="user.opened", subject=user)
    return user


@transaction.atomic
def user_close(*, by: User | None, user: User, reason: str = "") -> None:
    """Close an account: it sees nothing from the next request on; its sessions and keys end. It stays on record."""
    not_oneself(by, user)
    may_manage(by, user.regions)
    user.is_active = False
    user.set_unusable_password()  # ends every session: they are signed with the password
    user.save(update_fields=["is_active", "password"])
    user.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())
    audit.record(by=by, kind="user.closed", subject=user, reason=reason)


@transaction.atomic
def user_reopen(*, by: User | None, user: User) -> None:
    """Open a closed account again; its person sets a new password by invitation."""
    not_oneself(by, user)
    may_manage(by, user.regions)
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(by=by, kind="user.opened", subject=user, detail={"again": True})


@transaction.atomic
def user_invite(*, by: User, user: User, request: HttpRequest) -> None:
    """Send the mail with which a person sets the own password; nobody else ever knows it."""
    may_manage(by, user.regions)
    if not user.is_active:
        raise Refused(_("This account is closed. Open it again first."))
    audit.record(by=by, kind="user.invited", subject=user)
    form = ResetPasswordForm({"email": user.email})
    form.full_clean()
    with request_context(request):
        form.save(request)


@transaction.atomic
def first_administrator(*, by: None, email: str, name: str, password: str) -> User:
    """The first account of an installation, made on its own machine; later ones are opened by an administrator."""
    if User.objects.filter(assignments__role="system_administrator", is_active=True).exists():
        raise Refused(_("There is an administrator already. Further accounts are opened on the page People."))
    user = user_open(by=by, email=email, name=name, password=password)
    role_give(by=by, user=user, role="system_administrator", region_code=settings.HOME_REGION)
    return user
