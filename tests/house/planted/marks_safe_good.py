from django.utils.html import format_html


def show(text):
    return format_html("<b>{}</b>", text)
