"""Records of the access table that belong to confirmation links."""

from functools import cached_property

from tests.factories.links import LinkFactory


class LinksWorld:
    @cached_property
    def confirmation_link(self):
        return LinkFactory(contact=self.new_contact)
