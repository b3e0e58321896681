"""Pictures to be looked at: contact sheets of what studybot draws, and the ones that tests hold it to."""
