"""What is told to whom, what each wants to be told, and the calendars."""

from salawaku.notices.models.feed import CalendarFeed
from salawaku.notices.models.notice import Notice, NoticeRun
from salawaku.notices.models.preference import NoticePreference

__all__ = ["CalendarFeed", "Notice", "NoticePreference", "NoticeRun"]
