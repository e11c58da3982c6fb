"""Templates are read once for each language, and what never changes in it is written into them.

Half of what a page's template does is to look up, at every reader, words and addresses that are the
same for everybody who reads that language: `{% translate "Waiting now" %}`, `{% icon "clock" %}`,
`{% static %}`, an address without arguments. Here these become text when the template is read, so
that drawing a page is left with what is this page's own.
"""

from collections.abc import Iterator
from typing import Any

from django.template import Context, Node, NodeList, Template, library
from django.template.base import TextNode, TokenType, Variable
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.loaders import cached
from django.template.loaders.base import Loader as BaseLoader
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

# Tags of ours that give the same for the same words, in one language.
CONSTANT_TAGS = ("icon",)


class _WrittenIn(BaseLoader):
    """Reads a template and writes its constant parts in, before anybody can see it."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """Read it in the language at hand."""
        template = super().get_template(template_name, skip)
        write_in(template.nodelist, template)
        return template


class Loader(cached.Loader, _WrittenIn):
    """Keeps a template for each language that it was asked for in."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """Name a template in the language at hand."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"


def write_in(nodes: NodeList, template: Template) -> None:
    """Put text in the place of what is constant in the language at hand, in these and all below.

    The list itself is changed: blocks and partials hold the same one.
    """
    kept: list[Node] = []
    for node in nodes:
        for below in _below(node):
            write_in(below, template)
        text = _text(node, template)
        if text is None:
            kept.append(node)
        elif kept and isinstance(kept[-1], TextNode):
            kept[-1] = _text_node(kept[-1].s + text, kept[-1])
        elif text:
            kept.append(_text_node(text, node))
    nodes[:] = kept


def _below(node: Node) -> Iterator[NodeList]:
    if isinstance(node, LanguageNode):
        # Another language is spoken inside.
        return
    if isinstance(node, IfNode):
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        nodes = getattr(node, name, None)
        if isinstance(nodes, NodeList):
            yield nodes


def _text(node: Node, template: Template) -> str | None:
    """Give what a node always draws, or None where that depends on anything."""
    if isinstance(node, TextNode):
        return str(node.s)
    if isinstance(node, LoadNode | CommentNode):
        return ""
    if not _is_constant(node):
        return None
    context = Context()
    with context.bind_template(template):
        return str(node.render_annotated(context))


def _is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        is_said = not node.asvar and _is_literal(node.filter_expression)
        return is_said and _is_none_or_literal(node.message_context)
    if isinstance(node, BlockTranslateNode):
        names_nothing = all(token.token_type == TokenType.TEXT for token in node.singular)
        is_said = not (node.asvar or node.extra_context or node.plural) and names_nothing
        return is_said and _is_none_or_literal(node.message_context)
    if isinstance(node, StaticNode):
        return not node.varname and _is_literal(node.path)
    if isinstance(node, URLNode):
        return not (node.asvar or node.args or node.kwargs) and _is_literal(node.view_name)
    if isinstance(node, library.SimpleNode):
        values = (*node.args, *node.kwargs.values())
        is_ours = node.func.__name__ in CONSTANT_TAGS and node.target_var is None
        return is_ours and not node.takes_context and all(map(_is_literal, values))
    return False


def _is_literal(expression: Any) -> bool:
    """Whether an expression of a template is a text between quotes, and nothing else."""
    said = expression.var
    if isinstance(said, Variable) and said.lookups is None:
        said = said.literal
    return isinstance(said, str) and not expression.filters


def _is_none_or_literal(expression: Any) -> bool:
    return expression is None or _is_literal(expression)


def _text_node(text: str, like: Node) -> TextNode:
    node = TextNode(text)
    node.token, node.origin = like.token, like.origin
    return node
