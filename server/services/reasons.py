"""The list of reasons."""

from sqlalchemy import select

from server.catalogue import load_reason_seeds
from server.db import db, transaction
from server.models import CancellationReason


def seed_reasons() -> int:
    """Add the reasons of `config/reasons.toml` that are missing; returns how many. The others stay."""
    with transaction():
        known = set(db.session.scalars(select(CancellationReason.code)))
        seeds = [(rank, seed) for rank, seed in enumerate(load_reason_seeds()) if seed.code not in known]
        for rank, seed in seeds:
            db.session.add(
                CancellationReason(
                    code=seed.code,
                    label_zh=seed.label_zh,
                    label_en=seed.label_en,
                    audience=seed.audience,
                    asks_note=seed.asks_note,
                    offers_new_time=seed.offers_new_time,
                    rank=rank,
                )
            )
    return len(seeds)
