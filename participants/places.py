"""The provinces and regencies that the rows of a sheet name, each spelling looked up once."""

from collections.abc import Sequence

from closedloop.regions.matching import NoSuchRegion, Place, match_province, match_regency

Answer = Place | NoSuchRegion


class Places:
    """All provinces and regencies, asked for by what people write. A sheet repeats few spellings many times."""

    def __init__(self, provinces: Sequence[Place], regencies: Sequence[Place]):
        self.provinces = provinces
        self.regencies = regencies
        self.known: dict[tuple[str, str | None], Answer] = {}

    def province(self, text: str) -> Place:
        """Return the province called so; raises NoSuchRegion."""
        return self.recalled((text, ""), lambda: match_province(text, self.provinces))

    def regency(self, text: str, province_code: str | None) -> Place:
        """Return the regency called so, in the province if its code is given; raises NoSuchRegion."""
        return self.recalled(
            (text, province_code), lambda: match_regency(text, self.regencies, province_code)
        )

    def recalled(self, key: tuple[str, str | None], look_up) -> Place:
        answer = self.known.get(key)
        if answer is None:
            try:
                answer = look_up()
            except NoSuchRegion as error:
                answer = error
            self.known[key] = answer
        if isinstance(answer, NoSuchRegion):
            raise answer
        return answer
