"""Refusals that a person is meant to read; told in English here and translated once, where they are shown."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """Mark *message* as a text of the catalogue and return it as it is."""
    return message


class StudyError(Exception):
    """Something that the person who asked is told in one sentence.

    Attributes:
        message: English template with named places, such as ``"{name} is not a folder"``; the catalogue key.
        values: what fills the places.
    """

    def __init__(self, message: str, /, **values: str | int) -> None:
        self.message = message
        self.values = values
        super().__init__(message.format(**values))


class NotesLoadingError(StudyError):
    """The notes have not been read yet."""

    def __init__(self) -> None:
        super().__init__(N_("The notes are still being read. Try again in a moment."))


class NotesMissingError(StudyError):
    """A collection never could be read, so that nobody knows what of it is new."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("I cannot say what is new before {name} was read for the first time. See /notes status for the reason."),
            name=name,
        )


class SectionGoneError(StudyError):
    """A button or a completion leads to a section that no longer exists."""

    def __init__(self) -> None:
        super().__init__(N_("This is no longer in the notes. Look for it again with /explain."))


class TopicGoneError(StudyError):
    """A category or note of /topics no longer exists."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such topic in the notes (any more). /topics shows what there is."))


class NoTextError(StudyError):
    """A message that is to be explained has no words."""

    def __init__(self) -> None:
        super().__init__(N_("This message has no text that could be explained."))


class HereRefusedError(StudyError):
    """A command that changes something was used where nobody manages the bot."""

    def __init__(self) -> None:
        super().__init__(N_("This works only in a server to which the bot was added."))


class TooFastError(StudyError):
    """Somebody asks for too much at once."""

    def __init__(self, seconds: int) -> None:
        super().__init__(N_("Too many requests. Try again in {seconds} s."), seconds=seconds)


class RoundGoneError(StudyError):
    """A button belongs to a question that no longer exists, or never did in this group."""

    def __init__(self) -> None:
        super().__init__(N_("This question is no longer here."))


class RoundClosedError(StudyError):
    """An answer comes after the end."""

    def __init__(self) -> None:
        super().__init__(N_("This question is closed; your answer came too late to count."))


class AnsweredError(StudyError):
    """Somebody wants to change an answer that is final."""

    def __init__(self) -> None:
        super().__init__(N_("You have already answered this question. /daily show has your answer."))


class NotYoursError(StudyError):
    """Somebody presses a button of somebody else's quiz."""

    def __init__(self) -> None:
        super().__init__(N_("This quiz is somebody else's. Start your own with /quiz start."))


class RaceOverError(StudyError):
    """Something is wanted of a race that has ended."""

    def __init__(self) -> None:
        super().__init__(N_("This race is over. Start a new one with /quiz race."))


class NoRaceError(StudyError):
    """A race is to be ended in a channel where none is running."""

    def __init__(self) -> None:
        super().__init__(N_("No race is running in this channel. Start one with /quiz race."))


class RaceMovedOnError(StudyError):
    """A button of a race comes too late for what it would have done."""

    def __init__(self) -> None:
        super().__init__(N_("The race has moved on in the meantime."))


class NotHostError(StudyError):
    """Somebody wants to steer a race that somebody else has started."""

    def __init__(self) -> None:
        super().__init__(N_("Only those who started the race or who manage messages can do this."))


class NoVoteError(StudyError):
    """Somebody who has not answered wants a round to end."""

    def __init__(self) -> None:
        super().__init__(N_("Answer first: those who have answered vote on skipping."))


class CannotWriteThereError(StudyError):
    """A channel was chosen in which the bot cannot write."""

    def __init__(self, channel_id: int) -> None:
        super().__init__(
            N_("I cannot write in {channel}. I need the permissions View Channel, Send Messages and Embed Links."),
            channel=f"<#{channel_id}>",
        )


class CannotPostError(StudyError):
    """A race is to be played where the bot cannot write."""

    def __init__(self) -> None:
        super().__init__(N_("I cannot write here. I need the permissions View Channel and Send Messages."))


class NotAnOrderError(StudyError):
    """Letters that were to be put in order are not each there once."""

    def __init__(self, letters: str) -> None:
        super().__init__(N_("Type each of these letters once, in the right order: {letters}"), letters=letters)


class NoCardsError(StudyError):
    """Somebody without cards wants to take them along."""

    def __init__(self) -> None:
        super().__init__(N_("You have no cards yet. Questions that you get wrong become cards."))


class TooLargeError(StudyError):
    """A file that was asked for is larger than Discord takes."""

    def __init__(self) -> None:
        super().__init__(N_("The file is too large for Discord."))


class TimeUnreadableError(StudyError):
    """What was typed is no time of day."""

    def __init__(self, typed: str) -> None:
        super().__init__(N_("{typed} is no time of day. Write it like 08:30."), typed=typed[:50])


class NoStreamError(StudyError):
    """A group without a daily question is asked about it."""

    def __init__(self) -> None:
        super().__init__(N_("There is no daily question here yet. Members with Manage Server start one: /daily setup"))


class WhichStreamError(StudyError):
    """A group has several daily questions, and nobody said which one is meant."""

    def __init__(self, names: str) -> None:
        super().__init__(
            N_("There are several daily questions here. Choose with the option stream: {names}"), names=names
        )


class StreamGoneError(StudyError):
    """A button or an option belongs to a daily question that was ended, or never was in this group."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such daily question here (any more)."))


class TooManyStreamsError(StudyError):
    """A group wants more daily questions than it may have."""

    def __init__(self, most: int) -> None:
        super().__init__(
            N_("A server has at most {most} daily questions. End one before you start another."), most=most
        )


class NoQuestionsError(StudyError):
    """No question fits what a daily question asks for."""

    def __init__(self) -> None:
        super().__init__(N_("No question fits. Choose other topics, another difficulty or another language."))


class QuestionGoneError(StudyError):
    """A question that was chosen is not there (any more)."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such question (any more). Pick one from the list."))


class QueueFullError(StudyError):
    """More questions were picked by hand than are kept."""

    def __init__(self, most: int) -> None:
        super().__init__(N_("At most {most} questions wait in line. Take one out before you add another."), most=most)


class PostedTodayError(StudyError):
    """Today's question is out already."""

    def __init__(self) -> None:
        super().__init__(N_("Today's question is out already: one a day. /daily setup has a button for a test."))


class NothingToSkipError(StudyError):
    """A paused daily question is told to leave a day out."""

    def __init__(self) -> None:
        super().__init__(N_("This daily question is paused: there is no day to leave out."))


class SettledError(StudyError):
    """Somebody decides what was decided before."""

    def __init__(self) -> None:
        super().__init__(N_("This has been settled meanwhile."))


class TooShortError(StudyError):
    """An answer in one's own words is hardly one."""

    def __init__(self, least: int) -> None:
        super().__init__(
            N_("That is very short. Write at least {least} characters; what you wrote is kept for 15 minutes."),
            least=least,
        )


class CopiedAnswerError(StudyError):
    """An answer in one's own words is word for word somebody else's, or the question."""

    def __init__(self) -> None:
        super().__init__(
            N_("Somebody has said exactly this. Use your own words; what you wrote is kept for 15 minutes.")
        )


class NotAnsweredError(StudyError):
    """Somebody who has not answered wants to see or grade their answer."""

    def __init__(self) -> None:
        super().__init__(N_("You have not answered this question."))


class NotRevealedError(StudyError):
    """Answers are asked for before they are shown."""

    def __init__(self) -> None:
        super().__init__(N_("The answers are not shown yet."))


class GradingOverError(StudyError):
    """Somebody grades an answer of long ago."""

    def __init__(self, days: int) -> None:
        super().__init__(N_("An answer can be graded for {days} days; this one is older."), days=days)


class OwnAnswerError(StudyError):
    """Somebody votes for their own answer."""

    def __init__(self) -> None:
        super().__init__(N_("You cannot vote for your own answer."))


class VotedError(StudyError):
    """Somebody votes twice for an answer."""

    def __init__(self) -> None:
        super().__init__(N_("You have voted for this answer already."))


class NoAnswersError(StudyError):
    """Nobody wrote anything that could be read."""

    def __init__(self) -> None:
        super().__init__(N_("Nobody has answered this question in their own words."))


class ZoneUnknownError(StudyError):
    """Somebody names a time zone that does not exist."""

    def __init__(self, typed: str) -> None:
        message = N_("I know no time zone “{name}”. Type a city, or a name such as Asia/Shanghai or Europe/Berlin.")
        super().__init__(message, name=typed)


class SubjectUnknownError(StudyError):
    """Somebody names a topic about which there are no questions."""

    def __init__(self, topic: str) -> None:
        super().__init__(N_("There are no questions about “{topic}”."), topic=topic)


class HiddenError(StudyError):
    """Somebody asks for the score of a person who does not show it."""

    def __init__(self) -> None:
        super().__init__(N_("This member does not show their score."))


class SeasonRunningError(StudyError):
    """A season is to begin while another runs."""

    def __init__(self) -> None:
        super().__init__(N_("A season is running. End it first: /settings season end:True"))


class NoSeasonError(StudyError):
    """A season is to end, or to be shown, and there is none."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such season. /settings season start: begins one."))


class ChoiceGoneError(StudyError):
    """What was chosen in a window is not there to be chosen (any more)."""

    def __init__(self) -> None:
        super().__init__(N_("What you chose is no longer there. Open the window again."))
