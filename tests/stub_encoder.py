"""An encoder that costs nothing, for tests of what is built on one."""

import hashlib

import numpy as np

from duizhao.align.encoder import Floats
from duizhao.align.transformers_encoder import TransformersEncoder


class Letters:
    """Vectors from a hash of the first letter: texts that begin alike are alike."""

    def encode(self, sentences: list[str], /) -> Floats:
        return np.stack([_vector(text) for text in sentences])


def _vector(text: str) -> Floats:
    seed = int(hashlib.sha256(text[:1].encode(errors="surrogatepass")).hexdigest()[:8], 16)
    return np.asarray(np.random.default_rng(seed).standard_normal(16), dtype=np.float32)


STUB = TransformersEncoder(Letters(), "letters")
