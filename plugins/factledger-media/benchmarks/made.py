"""Pictures made by numbers, each from its seed alone, and what people do to pictures on their way."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

SIZES = [(640, 480), (800, 600), (600, 800), (720, 480), (512, 512)]


def picture(seed: int, size: tuple[int, int] | None = None) -> Image.Image:
    """Return a picture: clouds of two colours, with shapes on them for two seeds of three, with grain for one."""
    random, numbers = Random(seed), np.random.default_rng(seed)
    width, height = size or random.choice(SIZES)
    clouds = _noise(numbers, width, height, random.uniform(1.2, 1.8))[..., None]
    light, dark = numbers.uniform(0, 255, 3), numbers.uniform(0, 255, 3)
    image = Image.fromarray((clouds * light + (1 - clouds) * dark).astype(np.uint8))
    if seed % 3:
        _shapes(image, random)
    if seed % 3 == 2:
        grain = _noise(numbers, width, height, 1.0)[..., None] * 60 - 30
        image = Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))
    return image


def _noise(numbers: np.random.Generator, width: int, height: int, fall: float) -> np.ndarray:
    waves = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :])
    waves[0, 0] = 1
    made = numbers.normal(size=waves.shape) + 1j * numbers.normal(size=waves.shape)
    noise = np.fft.irfft2(made / waves**fall, s=(height, width))
    return (noise - noise.min()) / (noise.max() - noise.min())


def _shapes(image: Image.Image, random: Random) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(random.randrange(5, 40)):
        x, y = random.randrange(image.width), random.randrange(image.height)
        across, down = random.randrange(10, 200), random.randrange(10, 200)
        colour, kind = tuple(random.randrange(256) for _ in range(3)), random.randrange(3)
        box = (x - across / 2, y - down / 2, x + across / 2, y + down / 2)
        if kind == 0:
            draw.ellipse(box, fill=colour)
        elif kind == 1:
            draw.rectangle(box, fill=colour)
        else:
            corners = random.randrange(3, 7)
            around = [
                (x + random.randrange(-across, across), y + random.randrange(-down, down)) for _ in range(corners)
            ]
            draw.polygon(around, fill=colour)


def jpeg(image: Image.Image, quality: int = 85) -> bytes:
    """Return a picture as a JPEG file."""
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def png(image: Image.Image) -> bytes:
    """Return a picture as a PNG file."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def crop(image: Image.Image, random: Random) -> Image.Image:
    """Cut off 10 to 30% of each side's length, anywhere."""
    rest = 1 - random.uniform(0.1, 0.3)
    width, height = int(image.width * rest), int(image.height * rest)
    x, y = random.randrange(image.width - width + 1), random.randrange(image.height - height + 1)
    return image.crop((x, y, x + width, y + height))


def recompress(image: Image.Image, random: Random) -> Image.Image:
    """Save as JPEG of quality 40 to 90."""
    return Image.open(io.BytesIO(jpeg(image, random.randrange(40, 91)))).convert("RGB")


def resize(image: Image.Image, random: Random) -> Image.Image:
    """Make it 0.3 to 1.6 times as large."""
    by = random.uniform(0.3, 1.6)
    return image.resize((int(image.width * by), int(image.height * by)), Image.Resampling.LANCZOS)


def border(image: Image.Image, random: Random) -> Image.Image:
    """Put a frame of some colour around it, of 3 to 12% of the shorter side."""
    wide = int(min(image.size) * random.uniform(0.03, 0.12))
    return ImageOps.expand(image.convert("RGB"), wide, tuple(random.randrange(256) for _ in range(3)))


def text(image: Image.Image, random: Random) -> Image.Image:
    """Write one or two lines on it."""
    image = image.convert("RGB")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=max(12, int(image.height * random.uniform(0.06, 0.12))))
    for _ in range(random.randrange(1, 3)):
        place = (random.uniform(0, 0.4) * image.width, random.uniform(0, 0.85) * image.height)
        colour = random.choice(["white", "yellow", "red"])
        draw.text(place, "What they hide from you", font=font, fill=colour, stroke_width=2, stroke_fill="black")
    return image


def mirror(image: Image.Image, random: Random) -> Image.Image:
    """Turn left to right."""
    return ImageOps.mirror(image)


def everything(image: Image.Image, random: Random) -> Image.Image:
    """All at once: cut, resized, written on, mirrored, recompressed; harder than the others."""
    for change in (crop, resize, text, mirror, recompress):
        image = change(image, random)
    return image


CHANGES: Mapping[str, Callable[[Image.Image, Random], Image.Image]] = {
    "crop": crop,
    "recompress": recompress,
    "resize": resize,
    "border": border,
    "text": text,
    "mirror": mirror,
}
