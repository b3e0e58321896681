"""Every table, once. Rows that mean a fact are added and never changed; the database decides races by its unique keys.

Ids that custom_ids carry are never given out twice (``sqlite_autoincrement``): an old button must not find a new row.
"""

from storage.tables.columns import metadata
from storage.tables.daily import notices, posts, queued, streams
from storage.tables.games import appeals, events, games, open_answers, players, rounds, totals, votes
from storage.tables.news import news_channels, news_posts
from storage.tables.people import audit, deletions, guilds, members, seasons, users
from storage.tables.questions import accepted_forms, announcements, drafts, question_reports, questions
from storage.tables.reviews import cards, reviews

__all__ = [
    "accepted_forms",
    "announcements",
    "appeals",
    "audit",
    "cards",
    "deletions",
    "drafts",
    "events",
    "games",
    "guilds",
    "members",
    "metadata",
    "news_channels",
    "news_posts",
    "notices",
    "open_answers",
    "players",
    "posts",
    "question_reports",
    "questions",
    "queued",
    "reviews",
    "rounds",
    "seasons",
    "streams",
    "totals",
    "users",
    "votes",
]
