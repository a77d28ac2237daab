"""Small pictures that look like photos of a workshop: drawn, seeded, and cleaned like any photo somebody sends."""

from functools import cache
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from closedloop.core.photos import CleanPhoto, clean_photo

WIDTH, HEIGHT = 480, 360
FLOOR = 250
WALLS = ("#c9c4b8", "#b9c2c6", "#d3cdbf", "#bfc8bb")
FLOORS = ("#8b8a86", "#97918a", "#7f8683")
PARTS = ("#3a5a78", "#8a4b32", "#5d6b4a", "#70757a", "#a3772f", "#44474d")
SUBJECTS = ("shelf", "machine", "extinguisher", "tools", "panel", "bins")


@cache
def picture(subject: str, number: int, tidy: bool = True) -> CleanPhoto:
    """Return picture `number` of a subject; untidy ones show what a finding is about."""
    dice = Random(f"{subject}/{number}/{tidy}")  # noqa: S311 a drawing, no secret
    image = Image.new("RGB", (WIDTH, HEIGHT), dice.choice(WALLS))
    pen = ImageDraw.Draw(image)
    room(pen, dice)
    DRAW[subject](pen, dice, tidy)
    if subject != "note" and not tidy:
        clutter(pen, dice)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return clean_photo(SimpleUploadedFile("foto.jpg", out.getvalue(), "image/jpeg"))


def evidence(dice: Random, tidy: bool) -> CleanPhoto:
    """Return a picture of anything in a workshop."""
    return picture(dice.choice(SUBJECTS), dice.randrange(10), tidy)


def room(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    pen.rectangle((0, FLOOR, WIDTH, HEIGHT), fill=dice.choice(FLOORS))
    pen.line((0, FLOOR, WIDTH, FLOOR), fill="#6f6b64", width=3)
    for x in range(-60, WIDTH + 60, 70):  # the joints of the floor
        pen.line((x + dice.randrange(8), HEIGHT, x + 50, FLOOR), fill="#77736d", width=1)
    pen.line((0, FLOOR + 38, WIDTH, FLOOR + 60), fill="#d9b52c", width=6)  # the yellow line of the aisle


def shelf(pen: ImageDraw.ImageDraw, dice: Random, tidy: bool) -> None:
    left, right = 80 + dice.randrange(30), 380 + dice.randrange(40)
    for level in range(4):
        y = 70 + level * 55
        pen.rectangle((left, y, right, y + 6), fill="#4c5560")
        x = left + 8
        while x < right - 44:
            width, height = dice.randrange(24, 42), dice.randrange(24, 44)
            drop = 0 if tidy else dice.randrange(-3, 12)
            pen.rectangle((x, y - height + drop, x + width, y), fill=dice.choice(PARTS))
            if tidy:
                pen.rectangle((x + 4, y - 14, x + width - 4, y - 4), fill="#f4f1e6")
            x += width + (8 if tidy else dice.randrange(2, 30))
    pen.rectangle((left - 6, 20, left, FLOOR + 10), fill="#39414a")
    pen.rectangle((right, 20, right + 6, FLOOR + 10), fill="#39414a")


def machine(pen: ImageDraw.ImageDraw, dice: Random, tidy: bool) -> None:
    colour = dice.choice(("#2f6b57", "#3b5f86", "#7a8188"))
    x = 120 + dice.randrange(60)
    pen.rectangle((x, 80, x + 190, FLOOR + 20), fill=colour, outline="#22303a", width=3)
    pen.rectangle((x + 50, 130, x + 150, 200), fill="#20262b")
    pen.rectangle((x + 90, 100, x + 110, 170), fill="#a9adb0")
    pen.rectangle((x + 205, 120, x + 235, 190), fill="#d8d4c8", outline="#555555")
    pen.ellipse((x + 212, 128, x + 228, 144), fill="#c0281f")
    if tidy:  # the guard is closed
        for line in range(x + 52, x + 150, 12):
            pen.line((line, 130, line, 200), fill="#d9b52c", width=2)


def extinguisher(pen: ImageDraw.ImageDraw, dice: Random, tidy: bool) -> None:
    x = 200 + dice.randrange(60)
    pen.rectangle((x - 22, 40, x + 62, 86), fill="#b3261e")
    pen.text((x - 8, 56), "APAR", fill="#ffffff")
    pen.rounded_rectangle((x, 120, x + 40, FLOOR - 6), 12, fill="#c62a21")
    pen.rectangle((x + 12, 104, x + 28, 122), fill="#333333")
    pen.line((x + 28, 110, x + 58, 150), fill="#222222", width=5)
    if tidy:
        pen.rectangle((x + 6, 160, x + 34, 196), fill="#f4f1e6")
    else:
        pen.rectangle((x - 60, 170, x + 30, FLOOR + 40), fill="#9b7443", outline="#6d5130", width=3)


def tools(pen: ImageDraw.ImageDraw, dice: Random, tidy: bool) -> None:
    pen.rectangle((70, 40, 410, 230), fill="#e3ddca", outline="#6d675a", width=4)
    for row in range(3):
        for column in range(8):
            x, y = 90 + column * 40, 58 + row * 58
            if tidy or dice.random() < 0.55:
                lean = 0 if tidy else dice.randrange(-12, 12)
                pen.line((x, y, x + lean, y + 40), fill="#4a4f55", width=7)
                pen.ellipse((x - 7, y - 6, x + 7, y + 8), outline="#4a4f55", width=4)


def panel(pen: ImageDraw.ImageDraw, dice: Random, tidy: bool) -> None:
    pen.rectangle((150, 50, 330, 230), fill="#cfd2d3", outline="#5c6166", width=4)
    for row in range(3):
        for column in range(4):
            x, y = 168 + column * 40, 70 + row * 50
            pen.rectangle((x, y, x + 24, y + 34), fill=dice.choice(("#2b2f33", "#44494e")))
    if not tidy:
        for _cable in range(5):
            points = [(dice.randrange(150, 330), 230), (dice.randrange(120, 380), FLOOR + 20)]
            pen.line(points, fill=dice.choice(("#b3261e", "#20262b", "#d9b52c")), width=3)


def bins(pen: ImageDraw.ImageDraw, dice: Random, tidy: bool) -> None:
    for number, colour in enumerate(("#2f7d4f", "#d9b52c", "#b3261e")):
        x = 70 + number * 125 + (0 if tidy else dice.randrange(-20, 20))
        pen.polygon([(x, 150), (x + 90, 150), (x + 80, FLOOR + 30), (x + 10, FLOOR + 30)], fill=colour)
        if tidy:
            pen.rectangle((x + 20, 175, x + 70, 200), fill="#f4f1e6")


def note(pen: ImageDraw.ImageDraw, dice: Random, tidy: bool) -> None:
    pen.rectangle((110, 20, 370, 345), fill="#f7f5ee", outline="#b8b2a2")
    pen.text((195, 36), "SURAT JALAN", fill="#222222")
    for line in range(12):
        pen.line((130, 70 + line * 18, 240 + dice.randrange(110), 70 + line * 18), fill="#8d8878", width=2)
    pen.ellipse((270, 275, 335, 335), outline="#3d5aa0", width=3)


def clutter(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    for _piece in range(14):
        x, y, size = dice.randrange(WIDTH), dice.randrange(FLOOR, HEIGHT - 10), dice.randrange(6, 26)
        pen.rectangle((x, y, x + size, y + size // 2), fill=dice.choice(PARTS))
    pen.ellipse((180, HEIGHT - 50, 290, HEIGHT - 20), fill="#3c3a36")  # spilt oil


DRAW = {
    "shelf": shelf,
    "machine": machine,
    "extinguisher": extinguisher,
    "tools": tools,
    "panel": panel,
    "bins": bins,
    "note": note,
}
