"""What class names, ids and a few attributes say an element of a web page is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Part = Literal["comment", "body", "author", "created", "likes", "furniture", "blurb", "name"]

_TOKENS: Mapping[str, Part] = {
    **dict.fromkeys(
        ("comment", "reply", "review", "remark", "opinion", "commentitem", "commentcontainer", "commentwrap", "commentwrapper", "singlecomment",
         "usercomment", "listcomment", "itemcomment", "post", "message", "response", "childcomment", "commentbox", "commentblock"),
        "comment",
    ),
    **dict.fromkeys(
        ("commentbody", "commenttext", "commentcontent", "commentmessage", "reviewtext", "reviewbody", "postbody", "postcontent", "replytext",
         "replybody", "messagebody", "messagetext", "usertext"),
        "body",
    ),
    **dict.fromkeys(
        ("author", "user", "username", "commentauthor", "commentuser", "commentername", "reviewauthor", "reviewer", "nick", "nickname", "byline",
         "by", "poster", "postedby", "authorname", "fn", "commentername", "commentby", "replyauthor", "userlink"),
        "author",
    ),
    **dict.fromkeys(
        ("date", "time", "timestamp", "commentdate", "commenttime", "posted", "postdate", "created", "reviewdate", "ago", "datetime", "published"),
        "created",
    ),
    **dict.fromkeys(("likes", "likecount", "votes", "votecount", "score", "upvotes", "points", "commentvotes", "commentscore", "commentlikes", "karma"), "likes"),
    **dict.fromkeys(
        ("commentmeta", "commentactions", "actions", "controls", "replylink", "replybutton", "commentcount", "commentscount", "sharing", "share", "social",
         "breadcrumb", "breadcrumbs", "pagination", "pager", "menu", "navbar", "nav", "navigation", "sidebar", "cookie", "cookiebanner", "ad", "ads",
         "advert", "advertisement", "related", "relatedlists", "recommended", "newsletter", "footer", "siteheader", "topbar", "commentform", "replyform",
         "caption", "toolbar", "tools", "buttons", "btn", "button", "loadmore", "copyright", "sponsored", "promo", "vote", "comcount"),
        "furniture",
    ),
    **dict.fromkeys(("blurb", "description", "summary", "excerpt", "intro", "itemdescription", "itemdesc", "desc", "bio", "wiki", "entrydescription"), "blurb"),
    **dict.fromkeys(("itemname", "itemtitle", "entryname", "entrytitle", "listitemtitle", "itemheading"), "name"),
}  # fmt: skip


def part_of(tag: str, attributes: Mapping[str, str]) -> Part | None:
    """The part that an element plays, None where nothing says so."""
    if tag == "time":
        return "created"
    if tag in ("html", "body", "main"):
        return None
    if attributes.get("itemprop") in ("author", "creator"):
        return "author"
    if attributes.get("itemprop") in ("comment", "review") or attributes.get("data-comment-id"):
        return "comment"
    if attributes.get("itemprop") in ("text", "reviewBody", "commentText"):
        return "body"
    for token in attributes.get("class", "").split():
        if part := _TOKENS.get(re.sub(r"[\W_]+", "", token).lower()):
            return part
    name = re.sub(r"[\W_]+", "", attributes.get("id", "")).lower()
    if re.fullmatch(r"(?:comment|reply|review)\d+", name):
        return "comment"
    part = _TOKENS.get(name)
    return part if part in ("furniture", "blurb") else None
