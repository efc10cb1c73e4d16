# The knowledgebase, as readers see it.
nav-help = Knowledgebase
help-title = Knowledgebase
help-hero = What would you like to know?
help-search = Search
help-search-label = Search the knowledgebase
help-search-placeholder = Thunderbird, password, invoice …
help-count = { $n ->
    [one] One article
   *[other] { $n } articles
  }
help-popular = Found helpful most
help-all = { $n ->
    [one] The article
   *[other] All { $n } articles
  }
help-none = No article yet
help-none-text = Soon there will be some here. Until then, ask a person.
help-customers = For customers
help-person = Ask a person
help-person-text = If no article helps, write to us. The page says when somebody is there and how fast we answer.
help-person-link = How to reach us
help-results = Search results
help-found = { $n ->
    [one] One article found.
   *[other] { $n } articles found.
  }
help-meant = We looked for “{ $words }”.
help-nothing = Nothing found
help-nothing-text = Try another word, or fewer. We count what is searched in vain, without who searched, so that we can write it.
help-see-all = See all articles
help-written = Written on { $date }
help-other-language = This article is not there in your language yet.
help-toc = On this page
help-beside = You may also want
help-vote = Did this help?
help-vote-yes = Yes
help-vote-no = No
help-vote-none = Choose yes or no.
help-vote-note = Only a number is counted, not who you are.
help-voted-yes = Thank you. It is counted.
help-voted-no = Thank you. It is counted, and we will look at this article.
help-voted-no-text = Try <search>another search</search>, or <support>ask a person</support>.
