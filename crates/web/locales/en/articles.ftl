# Articles, for staff who write.
console-nav-articles = Articles
articles-lead = What readers find in the knowledgebase, and what is being written.
articles-see = See the knowledgebase
articles-waiting = What waits
articles-in-review = { $n ->
    [one] One article waits for review
   *[other] { $n } articles wait for review
  }
articles-stale = { $n ->
    [one] One article to look at again
   *[other] { $n } articles to look at again
  }
articles-newer = { $n ->
    [one] One article of which newer words came
   *[other] { $n } articles of which newer words came
  }
articles-words = Words
articles-show = Show
articles-every-state = Every state
articles-every-category = Every category
articles-every-language = Every language
articles-none = No article fits
articles-none-text = Choose something else above, or write one.
article-new = Write an article
article-title = Title
article-category = Category
article-language = Language
article-state = State
article-state-draft = Draft
article-state-in_review = In review
article-state-published = Published
article-state-retired = Retired
article-older-is-read = An earlier revision is read meanwhile.
article-helped = Helped
article-votes = { $yes } of { $all }
article-changed = Changed
article-stale = Look at it again
article-newer = Newer words came
article-newer-title = The program brings newer words for this article.
article-newer-text = You changed it, so nothing was overwritten. The newer words become a revision that is published at once; yours stay among the revisions.
article-renew = Take the newer words
article-renew-title = Take the newer words?
article-renew-text = Readers see them at once. Your own revisions are kept.
article-renewed = The newer words are published.
article-see = As readers see it
article-summary = Summary
article-summary-help = What it is about, in one sentence. It stands in lists and under search results.
article-body = Text
article-body-help = Markdown: ## headings, 1. steps, **strong**, [links](/help/…), tables. {"{mail_host}"}, {"{brand}"} and {"{site}"} are filled in.
article-audience = Who may read it
article-audience-public = Everybody
article-audience-customers = People who are signed in
article-more = Address, keywords, related articles
article-slug = Address
article-slug-help = The part after /help/. Empty: made of the title. An earlier address goes on leading here.
article-keywords = Keywords
article-keywords-help = Words by which it is to be found and that do not stand in it.
article-related = Related articles
article-related-help = Their addresses, with commas between.
article-note = What changed
article-note-help = For colleagues; readers do not see it.
article-save = Save as a draft
article-saved = The draft is saved. Readers see nothing of it yet.
article-preview = As readers will see it
article-revision = Revision { $n }
article-changes = What changed
article-compared = from revision { $from } to { $to }
article-skipped = { $n ->
    [one] One line that did not change
   *[other] { $n } lines that did not change
  }
article-first = Nothing to compare with.
article-revisions = Revisions
article-is-read = Readers see
article-by-program = The program
article-stands = How it stands
article-draft-text = It is being written. Give it to review when it is ready.
article-review-text = Read it as a reader would, and publish it or give it back.
article-published-text = Readers see it and find it in the search.
article-retired-text = Readers do not see it. Save it to bring it back as a draft.
article-stale-text = A year has passed. Does everything in it still hold?
article-review-at = Look at it again on
article-submit = Give to review
article-submitted = It waits for review.
article-return = Give back
article-returned = It is a draft again.
article-publish = Publish
article-publish-title = Publish it?
article-publish-text = Readers see it and find it within seconds.
article-published = It is published.
article-retire = Retire
article-retire-title = Take it away from readers?
article-retire-text = Its address then leads nowhere. Its revisions are kept, and it can come back.
article-retired = Readers do not see it any more.
article-confirm = It still holds
article-confirmed = Noted. It has not to be looked at for a year.
article-translate = Translate it
categories = Categories
categories-lead = Their order and names. A category may lie in another.
categories-none = No category yet
categories-none-text = An article needs one; add it below.
category-parent = Lies in
category-position = Place
category-new = New category
category-add = Add it
category-saved = The category is saved.
category-remove = Remove
category-remove-title = Remove this category?
category-remove-text = Only an empty one can be removed.
category-removed = The category is removed.
links = Links
links-lead = { $n ->
    [one] One link in published articles.
   *[other] { $n } links in published articles.
  }
links-dead = Dead links
links-good = No dead link
links-good-text = Every link within the site leads somewhere.
links-outside = Links that leave the site
links-outside-text = They are not followed: who asks other sites tells them something. Look at them now and then.
link-target = Leads to
link-in = In
link-why = Why
link-why-address = There is nothing at this address
link-why-heading = There is no such heading
link-why-customers = Visitors may not read what it leads to
link-why-form = Not an address; begin with / or https://
searches = Searches in vain
searches-lead = What readers looked for and did not find.
searches-none = Nothing yet
searches-none-text = What is searched in vain often enough stands here.
search-words = Searched
search-count = How often
search-last = Last on
searches-note = { $others ->
    [0] A search is shown from the { $n }th time on; before, its words are not stored.
    [one] A search is shown from the { $n }th time on; before, its words are not stored. There is one other.
   *[other] A search is shown from the { $n }th time on; before, its words are not stored. There are { $others } others.
  }
