"""What allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; nobody signs themselves up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Email atau kata sandi tidak cocok. Coba lagi atau atur ulang kata sandi."
        ),
    }

    def is_open_for_signup(self, request) -> bool:
        return False
