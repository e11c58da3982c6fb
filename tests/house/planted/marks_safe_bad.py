from django.utils import safestring
from django.utils.safestring import SafeString, mark_safe


def show(text):
    mark_safe(text)  # found
    safestring.mark_safe(text)  # found
    return SafeString(text)  # found
