"""Every write of the notices room."""

from salawaku.notices.actions.feed import feed_make, feed_read, feed_revoke
from salawaku.notices.actions.make import notices_make
from salawaku.notices.actions.read import notice_dismiss, notice_read, notices_read_all, notices_sent_by_hand
from salawaku.notices.actions.run import RunResult, notices_run
from salawaku.notices.actions.send import Sent, notices_send
from salawaku.notices.actions.wish import preference_set

__all__ = [
    "RunResult",
    "Sent",
    "feed_make",
    "feed_read",
    "feed_revoke",
    "notice_dismiss",
    "notice_read",
    "notices_make",
    "notices_read_all",
    "notices_run",
    "notices_send",
    "notices_sent_by_hand",
    "preference_set",
]
