"""A mail server that refuses addresses the way real ones do, by what stands before the @."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.locmem import EmailBackend as InMemory

CODES = {"unknown": 550, "later": 450}


class EmailBackend(InMemory):
    def send_messages(self, messages):
        for message in messages:
            refused = {
                address: (CODES[name], b"refused")
                for address in message.to
                if (name := address.partition("@")[0]) in CODES
            }
            if refused:
                raise SMTPRecipientsRefused(refused)
        return super().send_messages(messages)
