"""The client's own page: nothing leaves the house, an open page asks again."""

from alongside.live.actions.push import push
from alongside.live.topics import visit_topic
from alongside.messaging.models import Message


class AppChannel:
    """Shows the message on the page of the visit it is about."""

    def send(self, message: Message) -> str:
        """Tell the open page; one that is opened later finds the message there."""
        if message.about is not None:
            push(visit_topic(message.about))
        return ""
