"""What allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only; nobody signs themselves up."""

    def is_open_for_signup(self, request) -> bool:
        return False
